// PostgreSQL, reached from inside the network only, over TLS only.
param name string
param location string
param subnetId string
param dnsZoneId string

@secure()
param password string

param sku string
param tier string
param zoneRedundant bool
param backupDays int
param geoRedundantBackup bool

var login = 'okr_export'

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
  name: name
  location: location
  sku: {
    name: sku
    tier: tier
  }
  properties: {
    version: '17'
    administratorLogin: login
    administratorLoginPassword: password
    authConfig: {
      activeDirectoryAuth: 'Disabled'
      passwordAuth: 'Enabled'
    }
    storage: {
      storageSizeGB: 32
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: backupDays
      geoRedundantBackup: geoRedundantBackup ? 'Enabled' : 'Disabled'
    }
    highAvailability: {
      mode: zoneRedundant ? 'ZoneRedundant' : 'Disabled'
    }
    network: {
      delegatedSubnetResourceId: subnetId
      privateDnsZoneArmResourceId: dnsZoneId
    }
  }

  resource tls 'configurations' = {
    name: 'require_secure_transport'
    properties: {
      value: 'ON'
      source: 'user-override'
    }
  }

  resource database 'databases' = {
    name: 'okr_export'
    properties: {
      charset: 'UTF8'
      collation: 'en_US.utf8'
    }
    // The server takes one change at a time.
    dependsOn: [tls]
  }
}

output host string = server.properties.fullyQualifiedDomainName
output databaseName string = server::database.name
output login string = login
