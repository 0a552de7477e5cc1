using System.Text;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Policies;
using ScaleFunctions.Fuzzing;

namespace ScaleFunctions.Core.Tests.Fuzz;

/// <summary>Policy files, half-written or hostile: whatever they hold is errors and what is left, never an exception.</summary>
public sealed class PolicyFuzzTests
{
    private static readonly string[] Pieces =
    [
        "- ", "? ", ": ", "#", "&a ", "*a", "!t ", "!!binary ", "<<: ", "%YAML 1.2\n", "---\n", "...\n", "|\n", ">2\n", "kind: Workload\n", "spec:", "name: x", "extends: presets/balanced",
        "select: { all: [] }", "not: [ {} ]", "any: [ { any: [ { any: [] } ] } ]", "formula: (a / b) ?? c", "when: \"Mon-Fri 07:30-19:00\"", "999999999d", "1e9%", "per: 1m", "minimum: 5", "maximum: 1", "mode: act",
        "guard: { signals: [], breachedWhen: [] }", "sizes: [P1v3]", "workload: web-shop", "\n  ", "\n      ", "apiVersion: scalefunctions/v2\n",
    ];

    [Fact]
    public void Policy_files_are_read_or_told_what_is_wrong()
    {
        var folder = Path.Combine(PolicyReaderTests.RepositoryRoot(), "policies");
        byte[][] valid = [.. Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes), Encoding.UTF8.GetBytes(PolicyTexts.All)];

        FuzzRun.Check("policy YAML", new HostileInputs(valid, Pieces), content => Tell(PolicyReader.Read([new PolicyFile("p.yml", content)])));
    }

    /// <summary>All that is made of them: errors with their places, and what holds for a target.</summary>
    private static string Tell(PolicySet policies)
    {
        Assert.All(policies.Errors, error => Assert.True(error.Source is { Line: >= 1, Column: >= 1 } && error.Message.Length > 0 && !error.Message.Contains('\n', StringComparison.Ordinal)));
        var held = policies.For(Some.Target(tags: new TargetTags.Known(new Dictionary<string, string> { ["app"] = "shop", ["env"] = "prod" })));
        var bounds = held is TargetPolicies.Resolved resolved ? $"{resolved.Horizontal.Minimum}-{resolved.Horizontal.Maximum} {resolved.Horizontal.At(Some.Noon).Minimum}" : held.GetType().Name;
        return $"{policies.Version} {bounds} {policies.Workloads.Count} {string.Join('\n', policies.Errors)}";
    }
}
