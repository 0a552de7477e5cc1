using System.Diagnostics;
using System.Text.Json;

namespace ScaleFunctions.Bicep.Tests.Queries;

/// <summary>The language service of Kusto, which the portal has too: it knows the language, and of the tables what <c>tables.json</c> says.</summary>
internal static class QueryChecker
{
    private static readonly string Service = Repository.Folder("tests", "node_modules", "@kusto", "language-service-next");

    public static void SkipWhereItCannotRun() =>
        Assert.SkipUnless(Directory.Exists(Service), "the language service of Kusto is not installed: run tests/run, which needs Node.js");

    /// <summary>What it has against each query, as many lists as there are queries.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> CheckAsync(IReadOnlyList<string> queries, CancellationToken cancellationToken)
    {
        string[] arguments = [Repository.Folder("tests", "Bicep.Tests", "Queries", "check-queries.cjs"), Service, Repository.Folder("tests", "Bicep.Tests", "Queries", "tables.json")];
        using var node = Process.Start(new ProcessStartInfo("node", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var output = node.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = node.StandardError.ReadToEndAsync(cancellationToken);
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(queries).AsMemory(), cancellationToken);
        node.StandardInput.Close();
        await node.WaitForExitAsync(cancellationToken);
        Assert.True(node.ExitCode == 0, await errors);
        var found = JsonSerializer.Deserialize<List<List<string>>>(await output)!;
        Assert.Equal(queries.Count, found.Count);
        return found;
    }
}
