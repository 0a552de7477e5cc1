using System.Text;
using System.Text.Json;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>
/// What Bicep has to say about a folder of files. Its exit code is not asked: it is 0 for a misspelt property and for a
/// value of the wrong type.
/// </summary>
internal static class BicepFindings
{
    public static async Task<IReadOnlyList<string>> OfAsync(string folder, CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        var templates = Directory.GetFiles(folder, "*.bicep", SearchOption.AllDirectories);
        var pattern = Path.Combine(folder, "**", "*.bicep");
        var lint = await BicepProgram.RunAsync(folder, cancellationToken, "lint", "--pattern", pattern, "--no-restore", "--diagnostics-format", "sarif");
        findings.AddRange(Read("lint", lint.Output, templates.Length));
        var build = await BicepProgram.RunAsync(folder, cancellationToken, "build", "--pattern", pattern, "--no-restore", "--diagnostics-format", "sarif");
        findings.AddRange(Read("build", build.Errors, templates.Length));
        foreach (var parameters in Directory.GetFiles(folder, "*.bicepparam"))
        {
            var run = await BicepProgram.RunAsync(folder, cancellationToken, "lint", parameters, "--no-restore", "--diagnostics-format", "sarif");
            findings.AddRange(Read("lint", run.Output, atLeast: 1));
        }

        return findings;
    }

    /// <summary>Reads the reports, one JSON document after the other. Fewer reports than files is a finding: silence is not a pass.</summary>
    internal static IReadOnlyList<string> Read(string step, string reports, int atLeast)
    {
        var findings = new List<string>();
        var count = 0;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(reports), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            using var report = JsonDocument.ParseValue(ref reader);
            count++;
            foreach (var run in report.RootElement.GetProperty("runs").EnumerateArray())
            {
                findings.AddRange(run.GetProperty("results").EnumerateArray().Select(result => $"{step}: {Describe(result)}"));
            }
        }

        if (count < atLeast)
        {
            findings.Add($"{step}: {count} reports for {atLeast} files");
        }

        return findings;
    }

    private static string Describe(JsonElement result)
    {
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        var file = Path.GetFileName(place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        return $"{file}:{place.GetProperty("region").GetProperty("startLine")}: {result.GetProperty("ruleId")}: {result.GetProperty("message").GetProperty("text")}";
    }
}
