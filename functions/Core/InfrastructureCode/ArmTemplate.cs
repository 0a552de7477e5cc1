using System.Text.Json;

namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Finds the resources of an ARM template, compiled from Bicep or written by hand, that set a capacity. Nested templates count.</summary>
internal static class ArmTemplate
{
    private const string Parameter = "[parameters('";

    public static bool Fits(CodeJson json) => json.TextAt("$schema").Contains("deploymentTemplate.json", StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<CapacityReset> Read(CodeFile file, CodeJson template, List<CodeDoubt> doubts)
    {
        var isCompiled = template.TextAt("metadata", "_generator", "name") == "bicep";
        foreach (var resource in template.At("resources")?.Values ?? [])
        {
            if (resource.At("properties", "template") is { } nested)
            {
                foreach (var reset in Read(file, nested, doubts))
                {
                    yield return reset;
                }
            }

            if (TerraformKind.AzureTypeOf(resource.TextAt("type")) is not { } type || resource.At("existing") is { Kind: JsonValueKind.True }
                || resource.At("sku", "capacity") is not { Kind: JsonValueKind.Number or JsonValueKind.String } capacity)
            {
                continue;
            }

            var name = NameOf(resource.TextAt("name"));
            var (line, sets) = (capacity.Line, capacity.Text);
            if (ParameterOf(capacity.Text) is { } parameter)
            {
                if (template.At("parameters", parameter, "defaultValue") is not { } usual)
                {
                    doubts.Add(new CodeDoubt(file.Path, line, $"{name} takes its capacity from the parameter {parameter}: it is kept if every deployment passes the count there is, which is not seen here"));
                    continue;
                }

                (line, sets) = (usual.Line, $"{(usual.Text.Length > 0 ? usual.Text : "the default")} (default of {parameter})");
            }

            yield return new CapacityReset
            {
                File = file.Path,
                Line = line,
                Address = name,
                Type = type,
                Sets = sets,
                Proof = ResetProof.Code,
                Advice = isCompiled
                    ? "this was compiled from Bicep: change it there, and compile again"
                    : $"take it from a parameter without defaultValue; {BicepAdvice.Of("capacity", type)}",
            };
        }
    }

    private static string? ParameterOf(string text) =>
        text.StartsWith(Parameter, StringComparison.OrdinalIgnoreCase) && text.EndsWith("')]", StringComparison.Ordinal) && text.Count('\'') == 2
            ? text[Parameter.Length..^3] : null;

    private static string NameOf(string text) => ParameterOf(text) ?? text;
}
