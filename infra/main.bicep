// Everything that stays when the bot is replaced by a newer one: its identity, where it runs, its database, its secrets, its logs,
// the registry of its images, and the Azure Bot. app.bicep puts the bot there.
targetScope = 'resourceGroup'

@description('Begins the names of all resources: a lower-case letter, then lower-case letters, digits and hyphens.')
@minLength(3)
@maxLength(20)
param name string = 'okr-export'

param location string = resourceGroup().location

@description('What people see as the bot’s name.')
@maxLength(42)
param botDisplayName string

@description('ENCRYPTION_KEYS: keyId:base64key, newest first, comma-separated.')
@secure()
param encryptionKeys string

@description('Of the database’s login.')
@secure()
@minLength(16)
param databasePassword string

@description('The database’s machine. Zone redundancy needs one of the tiers GeneralPurpose and MemoryOptimized.')
param databaseSku string = 'Standard_B2s'

@allowed(['Burstable', 'GeneralPurpose', 'MemoryOptimized'])
param databaseTier string = 'Burstable'

@description('Keeps a second database server and the bot’s instances in different zones of the region.')
param zoneRedundant bool = false

@description('Days for which the database can be put back to any moment.')
@minValue(7)
@maxValue(35)
param backupDays int = 14

@description('Keeps the database’s backups in the paired region as well. Cannot be changed later.')
param geoRedundantBackup bool = false

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 30

// Unique in all of Azure, and the same in app.bicep.
var suffix = uniqueString(resourceGroup().id, name)
var vaultName = '${take(replace(name, '-', ''), 10)}-${suffix}'
var registryName = '${replace(name, '-', '')}${suffix}'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

module network 'modules/network.bicep' = {
  name: 'network'
  params: {
    name: name
    location: location
  }
}

module database 'modules/database.bicep' = {
  name: 'database'
  params: {
    name: '${name}-${suffix}'
    location: location
    subnetId: network.outputs.databaseSubnetId
    dnsZoneId: network.outputs.databaseDnsZoneId
    password: databasePassword
    sku: databaseSku
    tier: databaseTier
    zoneRedundant: zoneRedundant
    backupDays: backupDays
    geoRedundantBackup: geoRedundantBackup
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: vaultName
    location: location
    readerPrincipalId: identity.properties.principalId
    encryptionKeys: encryptionKeys
    databaseHost: database.outputs.host
    databaseName: database.outputs.databaseName
    databaseLogin: database.outputs.login
    databasePassword: databasePassword
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  params: {
    name: registryName
    location: location
    pullerPrincipalId: identity.properties.principalId
  }
}

module place 'modules/environment.bicep' = {
  name: 'environment'
  params: {
    name: name
    location: location
    subnetId: network.outputs.appsSubnetId
    zoneRedundant: zoneRedundant
    logDays: logDays
  }
}

var host = '${name}.${place.outputs.domain}'

module bot 'modules/bot.bicep' = {
  name: 'bot'
  params: {
    name: '${name}-${suffix}'
    displayName: botDisplayName
    endpoint: 'https://${host}/api/messages'
    identityId: identity.id
    identityClientId: identity.properties.clientId
    tenantId: identity.properties.tenantId
  }
}

// Written into env/.env.<environment> under these names by the toolkit.
output PUBLIC_URL string = 'https://${host}'
output BOT_DOMAIN string = host
output BOT_ID string = identity.properties.clientId
output BOT_TENANT_ID string = identity.properties.tenantId
output AAD_APP_ID_URI string = 'api://botid-${identity.properties.clientId}'
output AZURE_IDENTITY_PRINCIPAL_ID string = identity.properties.principalId
output AZURE_REGISTRY_NAME string = registry.outputs.name
output AZURE_REGISTRY_SERVER string = registry.outputs.server
