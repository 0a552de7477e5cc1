using System.Text.Json;

namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Reads Terraform's state (version 4). Of it only ids and counts are taken: everything else may be a secret.</summary>
internal static class TerraformState
{
    public const string Version = "4";

    public static bool Fits(CodeJson json) => json.At("version") is { Kind: JsonValueKind.Number } && json.At("resources") is { Kind: JsonValueKind.Array } && json.At("lineage") is not null;

    public static IEnumerable<TerraformRecord> Read(CodeFile file, CodeJson json) =>
        from resource in json.At("resources")!.Items
        where resource.TextAt("mode") == "managed"
        let kind = TerraformKind.Of(resource.TextAt("type"))
        where kind is not null
        from instance in resource.At("instances")?.Items ?? []
        let count = Count(instance, kind)
        where count is not null
        let address = $"{kind.Type}.{resource.TextAt("name")}"
        select new TerraformRecord
        {
            File = file.Path,
            Line = count.Line,
            Address = address,
            FullAddress = $"{(resource.TextAt("module") is { Length: > 0 } module ? $"{module}." : "")}{address}{Index(instance.At("index_key"))}",
            Module = resource.TextAt("module"),
            AzureType = kind.AzureType,
            Ignored = kind.Ignored,
            Count = count.Text,
            ResourceId = instance.TextAt("attributes", "id"),
        };

    /// <summary>The count; absent where it is none, or marked as sensitive.</summary>
    private static CodeJson? Count(CodeJson instance, TerraformKind kind)
    {
        var value = instance.At("attributes");
        foreach (var name in kind.Path)
        {
            // A block is a list of objects.
            value = (value is { Kind: JsonValueKind.Array, Items: [var first, ..] } ? first : value)?.At(name);
        }

        var isSecret = instance.At("sensitive_attributes")?.Items.Any(path => path.Items.Any(step => step.TextAt("value") == kind.Path[0])) == true;
        return value is { Kind: JsonValueKind.Number } && !isSecret ? value : null;
    }

    internal static string Index(CodeJson? key) => key switch
    {
        { Kind: JsonValueKind.String } => $"[\"{key.Text}\"]",
        { Kind: JsonValueKind.Number } => $"[{key.Text}]",
        _ => "",
    };
}
