using './kept.bicep'

param name = 'plan-kept'
param capacity = 3
