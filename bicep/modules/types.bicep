@export()
@description('Names and values of Azure tags.')
type Tags = { *: string }

@export()
@description('Where policies take signals from beside metrics, in one resource group.')
type SignalSources = {
  resourceGroup: string

  @description('Names of Log Analytics workspaces.')
  workspaces: string[]

  @description('Names of storage accounts with queues.')
  storageAccounts: string[]
}
