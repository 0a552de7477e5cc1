using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Targets;

/// <summary>Writes a target as its id. Public because serializers generated in other projects need it.</summary>
public sealed class TargetIdJsonConverter : JsonConverter<TargetId>
{
    public override TargetId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TargetId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("not an Azure resource id");

    public override void Write(Utf8JsonWriter writer, TargetId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
