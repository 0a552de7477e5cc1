// What Azure itself records of the app's resources goes where the app's telemetry goes. Of queues and tables only the numbers: each
// message and each state of a target would be a line, and the lines would cost more than what they are about.
param appName string
param storageName string
@description('Empty when there is none.')
param budgetTopicName string
@description('System topics of the fleet; empty when the app hears no events.')
param eventTopicNames string[]

var setting = 'to-workspace'
var transactions = [{ category: 'Transaction', enabled: true }]
var allMetrics = [{ category: 'AllMetrics', enabled: true }]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: appName
}

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName

  resource blobs 'blobServices' existing = {
    name: 'default'
  }

  resource queues 'queueServices' existing = {
    name: 'default'
  }

  resource tables 'tableServices' existing = {
    name: 'default'
  }
}

resource budgetTopic 'Microsoft.EventGrid/topics@2022-06-15' existing = if (!empty(budgetTopicName)) {
  name: budgetTopicName
}

resource eventTopics 'Microsoft.EventGrid/systemTopics@2022-06-15' existing = [for topic in eventTopicNames: { name: topic }]

// What the host says: starts, key checks, triggers. It is where to look when nothing of the app's own arrives.
resource ofSite 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: site
  name: setting
  properties: {
    workspaceId: workspace.id
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: allMetrics
  }
}

// Packages and dead letters: who wrote or deleted one.
resource ofBlobs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: setting
  properties: {
    workspaceId: workspace.id
    logs: [{ category: 'StorageWrite', enabled: true }, { category: 'StorageDelete', enabled: true }]
    metrics: transactions
  }
}

resource ofQueues 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::queues
  name: setting
  properties: {
    workspaceId: workspace.id
    metrics: transactions
  }
}

resource ofTables 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::tables
  name: setting
  properties: {
    workspaceId: workspace.id
    metrics: transactions
  }
}

resource ofBudgetTopic 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(budgetTopicName)) {
  scope: budgetTopic
  name: setting
  properties: {
    workspaceId: workspace.id
    logs: [{ category: 'DeliveryFailures', enabled: true }, { category: 'PublishFailures', enabled: true }]
    metrics: allMetrics
  }
}

resource ofEventTopics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for (topic, index) in eventTopicNames: {
    scope: eventTopics[index]
    name: setting
    properties: {
      workspaceId: workspace.id
      logs: [{ category: 'DeliveryFailures', enabled: true }]
      metrics: allMetrics
    }
  }
]
