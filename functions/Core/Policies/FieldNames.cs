using System.Text.Json.Serialization.Metadata;

namespace ScaleFunctions.Core.Policies;

/// <summary>The names a group of fields may use.</summary>
/// <param name="Allowed">In the order a user should write them.</param>
/// <param name="Planned">Names of the policy format that this version does not carry out, so that it must refuse them.</param>
internal sealed record FieldNames(string[] Allowed, params string[] Planned)
{
    /// <summary>The fields of a group, as its shape has them.</summary>
    public static FieldNames Of(JsonTypeInfo shape, params string[] planned) => new([.. shape.Properties.Select(field => field.Name)], planned);
}
