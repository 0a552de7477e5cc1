namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Finds the resources of a Terraform file that set a capacity.</summary>
internal static class TerraformSource
{
    private const string AutoscaleType = "azurerm_monitor_autoscale_setting";
    private const string ByHand = "add it by hand";

    /// <exception cref="CodeSyntaxException">It is no HCL.</exception>
    public static IEnumerable<TerraformResource> Read(CodeFile file)
    {
        foreach (var block in HclReader.Read(file.Text).Blocks.Where(block => block is { Type: "resource", Labels: [_, _] }))
        {
            var resource = TerraformKind.Of(block.Labels[0]) is { } kind ? OfKind(file, block, kind)
                : block.Labels[0] == TerraformKind.AnyType ? OfAnyType(file, block)
                : null;
            if (resource is not null)
            {
                yield return resource;
            }
        }
    }

    /// <summary>Where settings of Azure's autoscale stand, and what they say to scale.</summary>
    /// <exception cref="CodeSyntaxException">It is no HCL.</exception>
    public static IEnumerable<TerraformAutoscale> AutoscaleSettings(CodeFile file) =>
        from block in HclReader.Read(file.Text).Blocks
        where block is { Type: "resource", Labels: [AutoscaleType, _] }
        let target = block.Body.Attribute("target_resource_id")
        where target is not null
        select new TerraformAutoscale(file.Path, $"{file.Path}:{file.LineAt(block.Start)}", TerraformAutoscale.AddressesIn(target.Value(file.Text)));

    private static string AddressOf(HclBlock block) => $"{block.Labels[0]}.{block.Labels[1]}";

    private static TerraformResource OfKind(CodeFile file, HclBlock block, TerraformKind kind)
    {
        var body = block.Body;
        foreach (var name in kind.Path.SkipLast(1))
        {
            body = body.Block(name)?.Body ?? new HclBody([], []);
        }

        var found = body.Attribute(kind.Path[^1]);
        var sets = found?.Value(file.Text) is { } value and not "null" ? value : kind.WhenAbsent is { } usual ? $"{usual} (the default)" : null;
        if (sets is null || LifecycleEdit.Ignores(file, block, [kind.Ignored, kind.Path[0], "all"]))
        {
            return new TerraformResource(file.Path, AddressOf(block), null);
        }

        var edits = LifecycleEdit.Of(file, block, kind.Ignored);
        return new TerraformResource(file.Path, AddressOf(block), new CapacityReset
        {
            File = file.Path,
            Line = file.LineAt(found?.Start ?? block.Start),
            Address = AddressOf(block),
            Type = kind.AzureType,
            Sets = OneLine(sets),
            Proof = ResetProof.Code,
            Advice = Advice(kind.Ignored, edits),
            Edits = edits,
        });
    }

    /// <summary>One whose body is written as Azure's API takes it.</summary>
    private static TerraformResource? OfAnyType(CodeFile file, HclBlock block)
    {
        const string Ignored = "body.sku.capacity";
        if (block.Body.Attribute("type")?.Value(file.Text).Trim('"') is not { } written || TerraformKind.AzureTypeOf(written) is not { } type
            || block.Body.Attribute("body") is not { } body || Capacity(file, body) is not { } capacity)
        {
            return null;
        }

        var asText = file.Text[body.ValueStart] != '{';
        if (LifecycleEdit.Ignores(file, block, ["body", "body.sku", Ignored])
            || block.Body.Attribute("ignore_body_changes")?.Value(file.Text).Contains("\"sku", StringComparison.Ordinal) == true)
        {
            return new TerraformResource(file.Path, AddressOf(block), null);
        }

        var edits = asText ? [] : LifecycleEdit.Of(file, block, Ignored);
        return new TerraformResource(file.Path, AddressOf(block), new CapacityReset
        {
            File = file.Path,
            Line = file.LineAt(capacity.Start),
            Address = AddressOf(block),
            Type = type,
            Sets = OneLine(capacity.Value(file.Text)),
            Proof = ResetProof.Code,
            Advice = asText
                ? $"write the body as an object instead of jsonencode (azapi 2), then ignore_changes = [{Ignored}]: of a text Terraform can only ignore all"
                : Advice(Ignored, edits),
            Edits = edits,
        });
    }

    private static CodeAttribute? Capacity(CodeFile file, CodeAttribute body)
    {
        var text = file.Text;
        var open = text.IndexOf('{', body.ValueStart, body.ValueEnd - body.ValueStart);
        var call = open < 0 ? "" : text[body.ValueStart..open].Trim();
        return call is "" or "jsonencode(" && open >= 0
            && HclReader.ReadObject(text, open).Attribute("sku") is { } sku && text[sku.ValueStart] == '{'
                ? HclReader.ReadObject(text, sku.ValueStart).Attribute("capacity") : null;
    }

    private static string Advice(string ignored, IReadOnlyList<TextEdit> edits) =>
        $"lifecycle {{ ignore_changes = [{ignored}] }}{(edits.Count == 0 ? $": {ByHand}, the block is written in a way that is not patched here" : "")}";

    internal static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
