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
        var names = handedOver(Beside(file.Path, used));
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

    /// <summary>A path that is written relative to a file.</summary>
    internal static string Beside(string file, string path)
    {
        var parts = file.Split('/').SkipLast(1).ToList();
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ".."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
