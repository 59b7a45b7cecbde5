// Names that must be unique in all of Azure, made alike by main.bicep and app.bicep.

@export()
@description('At most 24 letters, digits and hyphens.')
func vaultName(name string, group string) string => '${take(replace(name, '-', ''), 10)}-${uniqueString(group, name)}'

@export()
@description('Letters and digits only.')
func registryName(name string, group string) string => '${replace(name, '-', '')}${uniqueString(group, name)}'
