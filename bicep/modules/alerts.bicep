// Has action groups tell, by mail for instance, what policies send to a channel of type actionGroup. Azure has no call that makes a group
// send a message of ours: the app leaves a span in its telemetry, and this rule waits for it.
import { Tags } from 'types.bicep'

param appName string
param location string
param tags Tags
@description('Resource ids of the action groups to call.')
param actionGroups string[]

// In the mail that Azure writes the dimensions are what the app has to say. Each combination is an alert of its own.
var parts = ['What', 'Why', 'Money', 'Undo', 'Snooze', 'Owner']
var columns = join(map(parts, part => '${part} = tostring(Properties["scalefunctions.alert.${toLower(part)}"])'), ', ')

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: appName
}

// A window of three evaluations, so that what arrives late is seen as well; it fires once, because an alert that is open is not fired again.
resource told 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = {
  name: '${appName}-told'
  location: location
  tags: tags
  properties: {
    displayName: '${appName}: an alert'
    description: 'ScaleFunctions tells something. What, why, the money, how it is undone and how it is put off are the dimensions.'
    severity: 2
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    // The table may have no row, and no column, before the app first told something.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'AppDependencies | where Name == "alert" | extend ${columns} | where isnotempty(What)'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [for part in parts: { name: part, operator: 'Include', values: ['*'] }]
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}

// What could not be delivered to any other channel is told by this one.
resource undelivered 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = {
  name: '${appName}-undelivered'
  location: location
  tags: tags
  properties: {
    displayName: '${appName}: alerts could not be delivered'
    description: 'Alerts were given up after ten tries. "sf alerts list" says which and why, "sf alerts retry" sends them again.'
    severity: 2
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'AppMetrics | where Name == "scalefunctions.alerts" and tostring(Properties["scalefunctions.outcome"]) == "given_up" and Sum > 0'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}
