using System.Text.Json.Serialization;

namespace ScaleFunctions.App.Commands.Roles;

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, WriteIndented = true, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(RoleFile))]
[JsonSerializable(typeof(RoleDefinition))]
internal sealed partial class RoleJson : JsonSerializerContext;
