namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Where Terraform's source calls a module.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Name">What the caller calls it.</param>
/// <param name="Source">Where it is from, as it stands there; empty when that is no plain text.</param>
/// <param name="Arguments">What it is given, by name.</param>
internal sealed record TerraformCall(string File, int Line, string Name, string Source, IReadOnlyDictionary<string, CallArgument> Arguments)
{
    /// <summary>Directory of the module; absent when it is no local one, or out of what is looked at.</summary>
    public string? Directory => CodePath.IsLocal(Source) ? CodePath.From(CodePath.DirectoryOf(File), Source) : null;

    /// <exception cref="CodeSyntaxException">It is no HCL.</exception>
    public static IEnumerable<TerraformCall> Read(CodeFile file) =>
        from block in HclReader.Read(file.Text).Blocks
        where block is { Type: "module", Labels: [_] }
        select new TerraformCall(
            file.Path, file.LineAt(block.Start), block.Labels[0], Plain(block.Body.Attribute("source")?.Value(file.Text)),
            block.Body.Attributes.DistinctBy(each => each.Name).ToDictionary(each => each.Name, each => new CallArgument(file.Path, file.LineAt(each.Start), each.Value(file.Text))));

    private static string Plain(string? text) => text is ['"', .. var inner, '"'] && !inner.Contains('"', StringComparison.Ordinal) ? inner : "";
}
