// A page in the portal: decisions, why nothing changes, writes, savings, failures. Its queries are in workbook.json.
import { Tags } from 'types.bicep'

param appName string
param location string
param tags Tags

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: appName
}

resource page 'Microsoft.Insights/workbooks@2022-04-01' = {
  // Azure asks for a GUID here and shows displayName.
  name: guid(resourceGroup().id, appName, 'workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'ScaleFunctions (${appName})'
    category: 'workbook'
    sourceId: workspace.id
    serializedData: string(union(loadJsonContent('workbook.json'), { fallbackResourceIds: [workspace.id] }))
  }
}
