using System.Globalization;

namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Finds fixed counts in <c>.bicepparam</c> files, for parameters that capacities come from.</summary>
internal static class BicepParameters
{
    /// <exception cref="CodeSyntaxException">It is no Bicep.</exception>
    public static IEnumerable<CapacityReset> Read(CodeFile file, Func<string, IReadOnlyList<string>> handedOver)
    {
        var statements = BicepReader.Read(file.Text);
        var used = statements.FirstOrDefault(each => each.Keyword == "using")?.Type.Trim('\'') ?? "";
        var names = CodePath.From(CodePath.DirectoryOf(file.Path), used) is { } template ? handedOver(template) : [];
        foreach (var parameter in statements.Where(each => each.Keyword == "param" && names.Contains(each.Name)))
        {
            if (!int.TryParse(parameter.Value(file.Text), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                continue;
            }

            var variable = parameter.Name.ToUpperInvariant();
            yield return new CapacityReset
            {
                File = file.Path,
                Line = file.LineAt(parameter.Sign),
                Address = parameter.Name,
                Type = "",
                Sets = parameter.Value(file.Text),
                Proof = ResetProof.Code,
                Advice = $"have the pipeline set {variable} to the count there is (--query sku.capacity of the resource) before it deploys; the first deployment sets a number",
                Edits = [new TextEdit(parameter.ValueStart, parameter.End - parameter.ValueStart, $"int(readEnvironmentVariable('{variable}'))")],
            };
        }
    }
}
