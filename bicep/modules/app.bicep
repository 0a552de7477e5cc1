// The plan and the function app. Both plans run the same package; they differ in who scales it and where the package lies.
import { PolicySource, SecretSetting, Tags } from 'types.bicep'

param appName string
param location string
param tags Tags
@allowed(['flex', 'premium'])
param plan string
@allowed(['observe', 'act'])
param mode string
param storageName string
param hostIdentityName string
@description('Empty in mode observe: the app then has no identity that can write.')
param actIdentityName string
param insightsName string
param evaluateQueue string
param verifyQueue string
param budgetQueue string
param stateTableName string
param tickSchedule string
param forecastSchedule string
param rightsizeSchedule string
param costSchedule string
param scaleTickAlwaysReady int
param evaluateAlwaysReady int
param maximumInstanceCount int
param instanceMemoryMB int
param packageName string
@description('Empty in the first deployment: without a subscription nobody would hear what is published.')
param budgetTopicName string
param alertSettings SecretSetting[]
@description('Subscriptions that are looked at; empty: all that the reading identity sees.')
param subscriptions string[]
param policySource PolicySource
@description('An OpenTelemetry collector that telemetry goes to as well; empty: none.')
param otlpEndpoint string
@description('Which traces are sent; empty: all.')
param tracesSampler string
@description('Subnet that the app reaches others by; empty: none, and the app is open to the internet.')
param subnetId string
@description('With a subnet: service tags of Azure services that may call the app from outside of the network. With none the app has no public side.')
param callers string[]

var onFlex = plan == 'flex'
var acts = !empty(actIdentityName)
var isPrivate = !empty(subnetId)
var storageSuffix = environment().suffixes.storage
var releaseUrl = 'https://${storageName}.blob.${storageSuffix}/releases/${packageName}'

resource hostIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: hostIdentityName
}

resource actIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = if (acts) {
  name: actIdentityName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource budgetTopic 'Microsoft.EventGrid/topics@2022-06-15' existing = if (!empty(budgetTopicName)) {
  name: budgetTopicName
}

// Deploying a site replaces its settings, so this list is all there is.
var settings = concat(
  [
    // The host's own storage, without a key. A user-assigned identity must be named, else the host tries a system-assigned one.
    { name: 'AzureWebJobsStorage__accountName', value: storageName }
    { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
    { name: 'AzureWebJobsStorage__clientId', value: hostIdentity.properties.clientId }
    // The queue triggers, and the app when it sends.
    { name: 'WorkStorage__queueServiceUri', value: 'https://${storageName}.queue.${storageSuffix}' }
    { name: 'WorkStorage__credential', value: 'managedidentity' }
    { name: 'WorkStorage__clientId', value: hostIdentity.properties.clientId }
    // The app's state, which all instances share.
    { name: 'StateStorage__tableServiceUri', value: 'https://${storageName}.table.${storageSuffix}' }
    { name: 'StateStorage__credential', value: 'managedidentity' }
    { name: 'StateStorage__clientId', value: hostIdentity.properties.clientId }
    { name: 'StateStorage__table', value: stateTableName }
    { name: 'EVALUATE_QUEUE', value: evaluateQueue }
    { name: 'VERIFY_QUEUE', value: verifyQueue }
    { name: 'BUDGET_QUEUE', value: budgetQueue }
    { name: 'TICK_SCHEDULE', value: tickSchedule }
    { name: 'FORECAST_SCHEDULE', value: forecastSchedule }
    { name: 'RIGHTSIZE_SCHEDULE', value: rightsizeSchedule }
    { name: 'COST_SCHEDULE', value: costSchedule }
    { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
    {
      name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING'
      value: 'ClientId=${hostIdentity.properties.clientId};Authorization=AAD'
    }
    // The exporter's telemetry about itself goes to hosts of its maker.
    { name: 'APPLICATIONINSIGHTS_STATSBEAT_DISABLED', value: 'true' }
    { name: 'ScaleFunctions__Mode', value: mode }
    { name: 'Azure__ReadClientId', value: hostIdentity.properties.clientId }
  ],
  acts ? [{ name: 'Azure__ActClientId', value: actIdentity!.properties.clientId }] : [],
  empty(budgetTopicName)
    ? []
    : [
        { name: 'BudgetTopic__topicEndpointUri', value: budgetTopic!.properties.endpoint }
        { name: 'BudgetTopic__clientId', value: hostIdentity.properties.clientId }
      ],
  empty(subscriptions) ? [] : [{ name: 'ScaleFunctions__Subscriptions', value: join(subscriptions, ',') }],
  policySource.from == 'container'
    ? [
        {
          name: 'PolicyStorage__blobServiceUri'
          value: 'https://${policySource.?storageAccount ?? storageName}.blob.${storageSuffix}'
        }
        { name: 'PolicyStorage__credential', value: 'managedidentity' }
        { name: 'PolicyStorage__clientId', value: hostIdentity.properties.clientId }
        { name: 'PolicyStorage__container', value: policySource.?container ?? 'policies' }
      ]
    : [],
  policySource.from == 'directory' ? [{ name: 'ScaleFunctions__Policies', value: policySource.path }] : [],
  policySource.from == 'directory' && !empty(policySource.?commit)
    ? [{ name: 'ScaleFunctions__PolicyCommit', value: policySource.?commit }]
    : [],
  empty(otlpEndpoint) ? [] : [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: otlpEndpoint }],
  empty(tracesSampler) ? [] : [{ name: 'OTEL_TRACES_SAMPLER', value: tracesSampler }],
  map(alertSettings, setting => { name: setting.name, value: '@Microsoft.KeyVault(SecretUri=${setting.secretUri})' }),
  // Flex Consumption takes the runtime from functionAppConfig and rejects these two.
  onFlex
    ? []
    : [
        { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
        { name: 'FUNCTIONS_WORKER_RUNTIME', value: 'custom' }
      ],
  // Premium usually mounts a file share, which only opens with an account key. Running a blob needs no share.
  onFlex || empty(packageName)
    ? []
    : [
        { name: 'WEBSITE_RUN_FROM_PACKAGE', value: releaseUrl }
        { name: 'WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID', value: hostIdentity.id }
      ]
)

var alwaysReady = filter(
  [
    { name: 'function:ScaleTick', instanceCount: scaleTickAlwaysReady }
    { name: 'function:Evaluate', instanceCount: evaluateAlwaysReady }
  ],
  entry => entry.instanceCount > 0
)

resource hostingPlan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: appName
  location: location
  tags: tags
  kind: onFlex ? 'functionapp' : 'elastic'
  sku: onFlex ? { name: 'FC1', tier: 'FlexConsumption' } : { name: 'EP1', tier: 'ElasticPremium' }
  properties: onFlex
    ? { reserved: true }
    : {
        // reserved means Linux.
        reserved: true
        maximumElasticWorkerCount: min(maximumInstanceCount, 20)
      }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: appName
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: union({ '${hostIdentity.id}': {} }, acts ? { '${actIdentity.id}': {} } : {})
  }
  properties: {
    serverFarmId: hostingPlan.id
    keyVaultReferenceIdentity: hostIdentity.id
    httpsOnly: true
    virtualNetworkSubnetId: isPrivate ? subnetId : null
    publicNetworkAccess: isPrivate && empty(callers) ? 'Disabled' : 'Enabled'
    functionAppConfig: onFlex
      ? {
          runtime: {
            name: 'custom'
            version: ''
          }
          deployment: {
            storage: {
              type: 'blobContainer'
              value: 'https://${storageName}.blob.${storageSuffix}/package'
              authentication: {
                type: 'UserAssignedIdentity'
                userAssignedIdentityResourceId: hostIdentity.id
              }
            }
          }
          scaleAndConcurrency: {
            alwaysReady: alwaysReady
            instanceMemoryMB: instanceMemoryMB
            maximumInstanceCount: maximumInstanceCount
          }
        }
      : null
    siteConfig: union(
      {
        appSettings: settings
        minTlsVersion: '1.2'
        scmMinTlsVersion: '1.2'
        ftpsState: 'Disabled'
        http20Enabled: true
      },
      onFlex ? {} : { minimumElasticInstanceCount: max(1, scaleTickAlwaysReady, evaluateAlwaysReady) },
      isPrivate
        ? {
            ipSecurityRestrictionsDefaultAction: 'Deny'
            ipSecurityRestrictions: map(callers, (caller, index) => {
              name: caller
              action: 'Allow'
              tag: 'ServiceTag'
              ipAddress: caller
              priority: 100 + index
            })
            scmIpSecurityRestrictionsDefaultAction: 'Deny'
            scmIpSecurityRestrictionsUseMain: false
          }
        : {},
      // Premium sends only private addresses by the network unless told, and cannot see queues behind it without looking from within.
      isPrivate && !onFlex ? { vnetRouteAllEnabled: true, functionsRuntimeScaleMonitoringEnabled: true } : {}
    )
  }
}

// Deploying is by Entra token only; a publishing password would be one more secret that can replace the app.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}

output hostName string = site.properties.defaultHostName
output id string = site.id
