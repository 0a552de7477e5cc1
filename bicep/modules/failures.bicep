// Tells a person of what fails while ticks go on. When they do not, dead-man.bicep tells it.
import { Tags } from 'types.bicep'

param appName string
param location string
param tags Tags
@description('Resource ids of the action groups to call. With none, the alerts are only seen in the portal.')
param actionGroups string[]

var rules = [
  {
    name: 'failures'
    display: 'a function fails'
    // One that fails is called again, and mostly that is the end of it.
    description: 'A function of ScaleFunctions failed three times or more within a quarter of an hour. docs/telemetry.md says where to look.'
    query: 'AppMetrics | where Name == "faas.errors" | extend Function = tostring(Properties["faas.name"])'
    dimensions: ['Function']
    window: 'PT15M'
    threshold: 2
    periods: 1
  }
  {
    name: 'unhealthy'
    display: 'targets cannot be decided or changed'
    // A target that fails for one tick is looked at by the next one.
    description: 'For a quarter of an hour targets could not be evaluated, or what was asked of Azure failed. "history" and "why" say which and why.'
    query: 'AppMetrics | where Name == "scalefunctions.decisions" | extend Outcome = tostring(Properties["scalefunctions.outcome"]) | where Outcome in ("error", "action_failed")'
    dimensions: ['Outcome']
    window: 'PT5M'
    threshold: 0
    periods: 3
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: appName
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [
  for rule in rules: {
    name: '${appName}-${rule.name}'
    location: location
    tags: tags
    properties: {
      displayName: '${appName}: ${rule.display}'
      description: rule.description
      severity: 2
      enabled: true
      scopes: [workspace.id]
      evaluationFrequency: 'PT5M'
      windowSize: rule.window
      autoMitigate: true
      // The table may have no row, and no column, before anything first failed.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Total'
            metricMeasureColumn: 'Sum'
            operator: 'GreaterThan'
            threshold: rule.threshold
            dimensions: map(rule.dimensions, dimension => { name: dimension, operator: 'Include', values: ['*'] })
            failingPeriods: {
              numberOfEvaluationPeriods: rule.periods
              minFailingPeriodsToAlert: rule.periods
            }
          }
        ]
      }
      actions: {
        actionGroups: actionGroups
      }
    }
  }
]
