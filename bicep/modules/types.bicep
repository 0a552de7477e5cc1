@export()
@description('Names and values of Azure tags.')
type Tags = { *: string }
