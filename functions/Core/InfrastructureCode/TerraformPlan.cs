using System.Text.Json;

namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Reads what <c>terraform show -json</c> says of a plan. Of it only ids and counts are taken: everything else may be a secret.</summary>
internal static class TerraformPlan
{
    public static bool Fits(CodeJson json) => json.At("terraform_version") is not null && json.At("resource_changes") is { Kind: JsonValueKind.Array };

    /// <summary>The resources whose count the next apply would change.</summary>
    public static IEnumerable<TerraformRecord> Read(CodeFile file, CodeJson json) =>
        from change in json.At("resource_changes")!.Items
        let kind = TerraformKind.Of(change.TextAt("type"))
        where kind is not null && change.TextAt("mode") == "managed"
        let before = Count(change, "before", kind)
        let after = Count(change, "after", kind)
        where before is not null && after is not null && before.Text != after.Text
        let address = $"{kind.Type}.{change.TextAt("name")}"
        select new TerraformRecord
        {
            File = file.Path,
            Line = after.Line,
            Address = address,
            FullAddress = change.TextAt("address") is { Length: > 0 } full ? full : address,
            Module = change.TextAt("module_address"),
            AzureType = kind.AzureType,
            Ignored = kind.Ignored,
            Count = $"{before.Text} → {after.Text}",
            ResourceId = change.TextAt("change", "before", "id"),
        };

    /// <summary>The count; absent where it is none, or marked as sensitive.</summary>
    private static CodeJson? Count(CodeJson change, string when, TerraformKind kind)
    {
        var value = change.At("change", when);
        foreach (var name in kind.Path)
        {
            value = (value is { Kind: JsonValueKind.Array, Items: [var first, ..] } ? first : value)?.At(name);
        }

        var isSecret = change.At("change", $"{when}_sensitive", kind.Path[0]) is { Kind: JsonValueKind.True };
        return value is { Kind: JsonValueKind.Number } && !isSecret ? value : null;
    }
}
