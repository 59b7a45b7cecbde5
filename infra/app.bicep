// The bot itself, as a container app, among what main.bicep has made. A new image is a new revision.
targetScope = 'resourceGroup'

@description('As main.bicep was given it.')
@minLength(3)
@maxLength(20)
param name string = 'okr-export'

param location string = resourceGroup().location

@description('In the registry that main.bicep made, tag included.')
param image string

@description('The registration for signing in and for Graph.')
param aadAppClientId string

@description('Ids of the tenants whose people may use the bot, comma-separated.')
param allowedTenants string = tenant().tenantId

@description('APP_NAME, on the pages /privacy and /terms.')
param appName string

@description('DEVELOPER_NAME, on the pages /privacy and /terms.')
param developerName string

@description('OPERATOR_CONTACT, where people reach you: an address of mail or of an https page. Empty: they are sent to their administrator.')
param operatorContact string = ''

@description('How many instances share the work.')
@minValue(1)
@maxValue(10)
param instances int = 2

@description('Of one instance; cpu and memory go together, 1 to 2.')
param cpu string = '1.0'
param memory string = '2Gi'

// As in main.bicep.
var suffix = uniqueString(resourceGroup().id, name)
var vaultName = '${take(replace(name, '-', ''), 10)}-${suffix}'
var registryName = '${replace(name, '-', '')}${suffix}'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: name
}

resource place 'Microsoft.App/managedEnvironments@2025-01-01' existing = {
  name: name
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource bot 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    environmentId: place.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
        allowInsecure: false
      }
      registries: [
        {
          server: registry.properties.loginServer
          identity: identity.id
        }
      ]
      secrets: [
        {
          name: 'encryption-keys'
          keyVaultUrl: '${vault.properties.vaultUri}secrets/encryption-keys'
          identity: identity.id
        }
        {
          name: 'database-url'
          keyVaultUrl: '${vault.properties.vaultUri}secrets/database-url'
          identity: identity.id
        }
      ]
    }
    template: {
      // The bot drains for up to 20 seconds.
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'bot'
          image: image
          resources: {
            cpu: json(cpu)
            memory: memory
          }
          env: [
            { name: 'PUBLIC_URL', value: 'https://${name}.${place.properties.defaultDomain}' }
            { name: 'BOT_TYPE', value: 'UserAssignedMSI' }
            { name: 'BOT_ID', value: identity.properties.clientId }
            { name: 'BOT_TENANT_ID', value: identity.properties.tenantId }
            { name: 'AAD_APP_CLIENT_ID', value: aadAppClientId }
            { name: 'AAD_APP_MANAGED_IDENTITY_CLIENT_ID', value: identity.properties.clientId }
            { name: 'AAD_APP_ID_URI', value: 'api://botid-${identity.properties.clientId}' }
            { name: 'ALLOWED_TENANTS', value: allowedTenants }
            { name: 'ENCRYPTION_KEYS', secretRef: 'encryption-keys' }
            { name: 'DATABASE_URL', secretRef: 'database-url' }
            { name: 'APP_NAME', value: appName }
            { name: 'DEVELOPER_NAME', value: developerName }
            { name: 'OPERATOR_CONTACT', value: operatorContact }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: 3978 }
              periodSeconds: 5
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: 3978 }
              periodSeconds: 30
              timeoutSeconds: 5
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: 3978 }
              periodSeconds: 10
              timeoutSeconds: 5
            }
          ]
        }
      ]
      scale: {
        minReplicas: instances
        maxReplicas: instances
      }
    }
  }
}
