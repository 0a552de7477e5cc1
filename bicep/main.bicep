// ScaleFunctions in one template: what runs it, what it may read, and, in mode act only, what it may change.
// Everything the app needs to know is set here. A second place for settings would be lost at the next deployment.
targetScope = 'resourceGroup'

import { Budget, OwnBudget, PolicySource, PrivateNetwork, SecretSetting, SignalSources, Tags } from 'modules/types.bicep'

@description('Prefix of all names. Short, because storage accounts take 24 characters and the Functions host tells apps apart by their first 32.')
@minLength(3)
@maxLength(9)
param name string = 'scale'

@description('Azure region of every resource that has one.')
param location string = resourceGroup().location

@description('flex: Flex Consumption, scales each function on its own. premium: Elastic Premium, where Flex Consumption is not offered.')
@allowed(['flex', 'premium'])
param plan string = 'flex'

@description('observe: decides, explains, cannot write, because no identity exists that could. act: adds that identity and its role.')
@allowed(['observe', 'act'])
param mode string = 'observe'

@description('Resource groups of this subscription whose resources are scaled. Mode act may write in these and nowhere else.')
@minLength(1)
@maxLength(50)
param fleetResourceGroups string[] = [resourceGroup().name]

@description('Workspaces and storage accounts of this subscription that policies take signals from by log queries and queues. The reading identity gets a role on each.')
@maxLength(20)
param signalSources SignalSources[] = []

@description('Subscriptions to look at, by their ids; all that the reading identity sees when empty. It has its role in this one; whoever names others gives it the same role there.')
@maxLength(50)
param subscriptions string[] = []

@description('Where policies are read: those of the package, the blobs of a container, or a directory that the app can see, which may be a Git checkout pinned to a commit.')
param policySource PolicySource = { from: 'package' }

@description('Tags on every resource that takes tags.')
param tags Tags = {}

@description('Days to keep logs and telemetry.')
@minValue(30)
@maxValue(730)
param logRetentionInDays int = 30

@description('Resource ids of action groups to call when no tick finishes any more. With none, that alert is only seen in the portal.')
@maxLength(5)
param alertActionGroups string[] = []

@description('Who gets a mail of what policies send to channels of type actionGroup, of alerts that could not be delivered, and when no tick finishes any more.')
@maxLength(5)
param alertEmails string[] = []

@description('App settings that hold addresses and keys of channels: names that begin with ALERT_, and the secret of a Key Vault that each stands for. It is read with the identity of the host.')
@maxLength(40)
param alertSettings SecretSetting[] = []

@description('Budgets of Azure to make, on this subscription or its resource groups. They call the app and those in alertEmails.')
@maxLength(20)
param budgets Budget[] = []

@description('Key of the function BudgetWebhook, which the action group of the budgets sends. Without a good one the app refuses the call, budgets only send mail, and the app finds out by itself.')
@secure()
param budgetWebhookKey string = ''

@description('What the app may cost in a month, with all in its group. Those who are told of alerts hear of 80 and 100 % of it, and when the month is expected to pass it; owners of the group where there is nobody. Left out: no such budget.')
param ownBudget OwnBudget?

@description('A network that the app, its storage and its topic are reached by, and by nothing else. Left out: they are reached by the internet, and roles and keys settle who may.')
param privateNetwork PrivateNetwork?

@description('What Azure records of the app, its storage and its topics goes to the workspace. It is paid for by the gigabyte.')
param diagnosticSettings bool = true

@description('An OpenTelemetry collector that traces, metrics and logs go to as well, such as https://collector.example.com:4318. Empty: none.')
param otlpEndpoint string = ''

@description('Which traces are sent, as in OTEL_TRACES_SAMPLER: parentbased_always_on, always_on, always_off. Empty: all.')
@allowed(['', 'parentbased_always_on', 'always_on', 'always_off'])
param tracesSampler string = ''

@description('When ScaleTick runs: six fields, seconds first, at least once an hour. Reasoning about load assumes a minute. With another, deadManWindow has to follow.')
param tickSchedule string = '0 * * * * *'

@description('Without a finished tick for so long a person is called: at least three ticks, and two minutes for telemetry to arrive.')
@allowed(['PT5M', 'PT10M', 'PT15M', 'PT30M', 'PT45M', 'PT1H', 'PT2H', 'PT3H', 'PT4H'])
param deadManWindow string = 'PT5M'

@description('When ForecastRefresh runs: each run takes the targets whose minute has come since the last one, so that each has a forecast each quarter of an hour if it runs every five minutes or more often. At the half of the minute, when ticks are over.')
param forecastSchedule string = '30 * * * * *'

@description('When RightsizeDaily runs: each run looks at the sizes of the targets whose hour it is, so that every hour is each of them once a day.')
param rightsizeSchedule string = '0 17 * * * *'

@description('When CostTick counts what is spent. More than 45 minutes apart, time is left uncounted.')
param costSchedule string = '0 */15 * * * *'

@description('Instances kept warm for the tick. With none, a tick can be late by a cold start. Premium keeps the larger of the two counts, at least 1.')
@minValue(0)
@maxValue(20)
param scaleTickAlwaysReady int = 1

@description('Instances kept warm for evaluations.')
@minValue(0)
@maxValue(20)
param evaluateAlwaysReady int = 1

@description('Most instances the app may grow to.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of a Flex Consumption instance. Premium takes its memory from the plan size.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Mode act only: machines may be given another size, by a policy with `onlyInstance`. The right for it can change much else of a machine.')
param resizeMachines bool = false

@description('Premium only: blob in the container `releases` to run. Empty until the first package was uploaded. Flex Consumption is given its package by deploying it.')
param packageName string = ''

@description('Subscribe to resource changes. Off in the first deployment: Event Grid refuses a subscription to a function that is not there yet.')
param deployEvents bool = false

@description('Object id of the service principal that deploys. It may then write to the container `releases`, nothing else. Empty: no such role.')
param deployerObjectId string = ''

// Stable: the same group and name always give the same names, so a re-deployment updates instead of adding.
var appName = '${name}-${uniqueString(resourceGroup().id, name)}'
var storageName = 'sf${replace(toLower(name), '-', '')}${uniqueString(resourceGroup().id, name)}'
var hostIdentityName = '${appName}-host'
var actIdentityName = '${appName}-act'
var eventsIdentityName = '${appName}-events'
var evaluateQueue = 'evaluate'
var verifyQueue = 'verify'
var budgetQueue = 'budget'
var stateTableName = 'state'
var budgetTopicName = '${appName}-budgets'
var budgetGroupName = '${appName}-budgets'
var callsGroup = !empty(alertEmails)
var alertGroups = concat(alertActionGroups, callsGroup ? [alertGroup.id] : [])
var networkName = '${appName}-network'
var isPrivate = privateNetwork != null
var madeSubnets = resourceId('Microsoft.Network/virtualNetworks/subnets', networkName, 'SUBNET')
var appSubnetId = isPrivate ? (privateNetwork.?appSubnetId ?? replace(madeSubnets, 'SUBNET', 'app')) : ''
var endpointSubnetId = isPrivate ? (privateNetwork.?endpointSubnetId ?? replace(madeSubnets, 'SUBNET', 'endpoints')) : ''
var hasZones = isPrivate && !(privateNetwork.?namesAreElsewhere ?? false)
var storageZones = map(['blob', 'queue', 'table'], part => 'privatelink.${part}.${environment().suffixes.storage}')
var siteZone = 'privatelink.azurewebsites.net'
var topicZone = 'privatelink.eventgrid.azure.net'
// Event Grid and action groups call from outside; the app opens to them only where they have something to say.
var callers = concat(deployEvents ? ['AzureEventGrid'] : [], empty(budgets) ? [] : ['ActionGroup'])
var acts = mode == 'act'
var fromContainer = policySource.from == 'container'
var policyAccount = !fromContainer
  ? ''
  : !empty(policySource.?resourceGroup) && empty(policySource.?storageAccount)
      ? fail('policySource names the resourceGroup \'${policySource.?resourceGroup}\' and no storageAccount in it; name both, or leave both out for the account of the app')
      : policySource.?storageAccount ?? storageName
var namedContainer = fromContainer ? (policySource.?container ?? 'policies') : ''
// They are made anyway, and whoever writes there is not whoever may say what is in force.
var policyContainer = policyAccount == storageName && contains(['package', 'releases', 'dead-letters'], namedContainer)
  ? fail('policySource names the container \'${namedContainer}\', which the app has for something else; name another one, such as \'policies\'')
  : namedContainer

// Identities are declared here and looked up by name in the modules: module inputs then are plain text, and what-if can look into each module.
resource hostIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: hostIdentityName
  location: location
  tags: tags
}

// A separate identity and not a second role of the host's: deleting it ends all writing at once, whatever the app does.
resource actIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = if (acts) {
  name: actIdentityName
  location: location
  tags: tags
}

// Writes undeliverable events. It exists before the subscription so that its role has taken effect by then.
resource eventsIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: eventsIdentityName
  location: location
  tags: tags
}

resource alertGroup 'Microsoft.Insights/actionGroups@2023-01-01' = if (callsGroup) {
  name: '${appName}-alerts'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'sf-alerts'
    enabled: true
    emailReceivers: [for (email, index) in alertEmails: { name: 'mail-${index}', emailAddress: email, useCommonAlertSchema: true }]
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: '${appName}-monitoring'
  params: {
    appName: appName
    location: location
    tags: tags
    retentionInDays: logRetentionInDays
    publisherIdentityName: hostIdentityName
  }
  dependsOn: [hostIdentity]
}

module deadMan 'modules/dead-man.bicep' = {
  name: '${appName}-dead-man'
  params: {
    appName: appName
    location: location
    tags: tags
    actionGroups: alertGroups
    window: deadManWindow
  }
  dependsOn: [monitoring]
}

module failures 'modules/failures.bicep' = {
  name: '${appName}-failures'
  params: {
    appName: appName
    location: location
    tags: tags
    actionGroups: alertGroups
  }
  dependsOn: [monitoring]
}

module workbook 'modules/workbook.bicep' = {
  name: '${appName}-workbook'
  params: {
    appName: appName
    location: location
    tags: tags
  }
  dependsOn: [monitoring]
}

module ownCosts 'modules/budget-of-group.bicep' = if (ownBudget != null) {
  name: '${appName}-own-costs'
  params: {
    budget: {
      name: '${appName}-own-costs'
      amount: ownBudget!.amount
      startDate: ownBudget!.startDate
      actual: [80, 100]
      forecast: [100]
    }
    // By mail and not by the group of alerts: that one has the common alert schema, which budgets do not call.
    actionGroups: alertActionGroups
    emails: alertEmails
  }
}

module network 'modules/private-network.bicep' = if (isPrivate) {
  name: '${appName}-network'
  params: {
    networkName: networkName
    location: location
    tags: tags
    plan: plan
    network: privateNetwork!
    zones: concat(storageZones, [siteZone], deployEvents ? [topicZone] : [])
  }
}

// Before the app: a host that cannot reach its storage does not start.
module storageEndpoints 'modules/private-endpoint.bicep' = [
  for part in ['blob', 'queue', 'table']: if (isPrivate) {
    name: '${appName}-endpoint-${part}'
    params: {
      appName: appName
      location: location
      tags: tags
      subnetId: endpointSubnetId
      targetId: storage.outputs.id
      part: part
      zone: 'privatelink.${part}.${environment().suffixes.storage}'
      hasZone: hasZones
    }
    dependsOn: [network]
  }
]

module topicEndpoint 'modules/private-endpoint.bicep' = if (isPrivate && deployEvents) {
  name: '${appName}-endpoint-topic'
  params: {
    appName: appName
    location: location
    tags: tags
    subnetId: endpointSubnetId
    targetId: budgetTopic!.outputs.id
    part: 'topic'
    zone: topicZone
    hasZone: hasZones
  }
  dependsOn: [network]
}

module siteEndpoint 'modules/private-endpoint.bicep' = if (isPrivate) {
  name: '${appName}-endpoint-site'
  params: {
    appName: appName
    location: location
    tags: tags
    subnetId: endpointSubnetId
    targetId: app.outputs.id
    part: 'sites'
    zone: siteZone
    hasZone: hasZones
  }
  dependsOn: [network]
}

module diagnostics 'modules/diagnostics.bicep' = if (diagnosticSettings) {
  name: '${appName}-diagnostics'
  params: {
    appName: appName
    storageName: storageName
    budgetTopicName: deployEvents ? budgetTopicName : ''
    eventTopicNames: deployEvents ? map(fleetResourceGroups, group => take('${appName}-${uniqueString(group)}', 50)) : []
  }
  dependsOn: [monitoring, app, events, budgetTopic]
}

module alerts 'modules/alerts.bicep' = {
  name: '${appName}-alerts'
  params: {
    appName: appName
    location: location
    tags: tags
    actionGroups: alertGroups
  }
  dependsOn: [monitoring]
}

module storage 'modules/storage.bicep' = {
  name: '${appName}-storage'
  params: {
    storageName: storageName
    location: location
    tags: tags
    queues: [evaluateQueue, '${evaluateQueue}-poison', verifyQueue, '${verifyQueue}-poison', budgetQueue, '${budgetQueue}-poison']
    stateTableName: stateTableName
    hostIdentityName: hostIdentityName
    eventsIdentityName: eventsIdentityName
    deployerObjectId: deployerObjectId
    policyContainer: policyAccount == storageName ? policyContainer : ''
    isPrivate: isPrivate
  }
  dependsOn: [hostIdentity, eventsIdentity]
}

module readAccess 'modules/read-access.bicep' = {
  name: '${appName}-read-access'
  scope: subscription()
  params: {
    appName: appName
    identityName: hostIdentityName
    identityResourceGroup: resourceGroup().name
  }
  dependsOn: [hostIdentity]
}

module signalAccess 'modules/signal-access.bicep' = [
  for source in signalSources: {
    name: '${appName}-signal-access'
    scope: resourceGroup(source.resourceGroup)
    params: {
      identityName: hostIdentityName
      identityResourceGroup: resourceGroup().name
      workspaces: source.workspaces
      storageAccounts: source.storageAccounts
    }
    dependsOn: [hostIdentity]
  }
]

// The host's role on the app's own account holds for a container there.
module policyAccess 'modules/policy-access.bicep' = if (fromContainer && policyAccount != storageName) {
  name: '${appName}-policy-access'
  scope: resourceGroup(fromContainer ? (policySource.?resourceGroup ?? resourceGroup().name) : resourceGroup().name)
  params: {
    identityName: hostIdentityName
    identityResourceGroup: resourceGroup().name
    storageAccount: policyAccount
    container: policyContainer
  }
  dependsOn: [hostIdentity]
}

module writeAccess 'modules/write-access.bicep' = [
  for group in fleetResourceGroups: if (acts) {
    name: '${appName}-write-access'
    scope: resourceGroup(group)
    params: {
      appName: appName
      identityName: actIdentityName
      identityResourceGroup: resourceGroup().name
      resizeMachines: resizeMachines
    }
    dependsOn: [actIdentity]
  }
]

module budgetTopic 'modules/budget-topic.bicep' = if (deployEvents) {
  name: '${appName}-budget-topic'
  params: {
    topicName: budgetTopicName
    location: location
    tags: tags
    publisherIdentityName: hostIdentityName
    eventsIdentityName: eventsIdentityName
    isPrivate: isPrivate
  }
  dependsOn: [hostIdentity, eventsIdentity]
}

module app 'modules/app.bicep' = {
  name: '${appName}-app'
  params: {
    appName: appName
    location: location
    tags: tags
    plan: plan
    mode: mode
    storageName: storageName
    hostIdentityName: hostIdentityName
    actIdentityName: acts ? actIdentityName : ''
    insightsName: appName
    evaluateQueue: evaluateQueue
    verifyQueue: verifyQueue
    budgetQueue: budgetQueue
    stateTableName: stateTableName
    tickSchedule: tickSchedule
    forecastSchedule: forecastSchedule
    rightsizeSchedule: rightsizeSchedule
    costSchedule: costSchedule
    scaleTickAlwaysReady: scaleTickAlwaysReady
    evaluateAlwaysReady: evaluateAlwaysReady
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    packageName: packageName
    budgetTopicName: deployEvents ? budgetTopicName : ''
    alertSettings: alertSettings
    subscriptions: subscriptions
    policySource: policySource
    otlpEndpoint: otlpEndpoint
    tracesSampler: tracesSampler
    subnetId: appSubnetId
    callers: callers
  }
  // The storage roles come first: a host that cannot reach its storage does not start.
  dependsOn: [monitoring, storage, storageEndpoints, topicEndpoint, network, hostIdentity, actIdentity, budgetTopic]
}

module events 'modules/events.bicep' = [
  for group in fleetResourceGroups: if (deployEvents) {
    name: take('${appName}-events-${group}', 64)
    params: {
      appName: appName
      fleetResourceGroup: group
      tags: tags
      storageName: storageName
      eventsIdentityName: eventsIdentityName
    }
    dependsOn: [app, storage, eventsIdentity]
  }
]

module budgetEvents 'modules/budget-events.bicep' = if (deployEvents) {
  name: '${appName}-budget-events'
  params: {
    appName: appName
    topicName: budgetTopicName
    storageName: storageName
    eventsIdentityName: eventsIdentityName
  }
  dependsOn: [app, storage, eventsIdentity, budgetTopic]
}

module budgetWebhook 'modules/budget-webhook.bicep' = if (!empty(budgets)) {
  name: '${appName}-budget-webhook'
  params: {
    appName: appName
    groupName: budgetGroupName
    tags: tags
    emails: alertEmails
    functionKey: budgetWebhookKey
  }
  dependsOn: [app]
}

module subscriptionBudgets 'modules/budget-of-subscription.bicep' = [
  for budget in budgets: if (empty(budget.?resourceGroup)) {
    name: take('${appName}-budget-${budget.name}', 64)
    scope: subscription()
    params: {
      budget: budget
      actionGroups: [resourceId('Microsoft.Insights/actionGroups', budgetGroupName)]
    }
    dependsOn: [budgetWebhook]
  }
]

module groupBudgets 'modules/budget-of-group.bicep' = [
  for budget in budgets: if (!empty(budget.?resourceGroup)) {
    name: take('${appName}-budget-${budget.name}', 64)
    scope: resourceGroup(budget.?resourceGroup ?? resourceGroup().name)
    params: {
      budget: budget
      actionGroups: [resourceId('Microsoft.Insights/actionGroups', budgetGroupName)]
    }
    dependsOn: [budgetWebhook]
  }
]

output siteName string = appName
output hostName string = app.outputs.hostName
output storageName string = storageName
output hostPrincipalId string = hostIdentity.properties.principalId
@description('Empty in mode observe.')
output actPrincipalId string = acts ? actIdentity!.properties.principalId : ''
