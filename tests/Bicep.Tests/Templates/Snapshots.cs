using System.Text.Json.Nodes;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>What each variant would deploy, with every module opened and every condition decided, and the compiled template.</summary>
public sealed class Snapshots : IAsyncLifetime
{
    // Made up: ids in the snapshots resolve, and nobody's subscription is in the repository.
    private static readonly string[] Scope =
    [
        "--tenant-id", "11111111-1111-1111-1111-111111111111", "--subscription-id", "22222222-2222-2222-2222-222222222222",
        "--resource-group", "rg-scale", "--location", "westeurope", "--deployment-name", "main",
    ];

    private readonly BicepFolder _folder = BicepFolder.CopyOf(Repository.Folder("bicep"));
    private readonly Dictionary<Variant, string> _texts = [];

    internal string Compiled { get; private set; } = "";

    internal Deployment this[Variant variant] => new(variant, JsonNode.Parse(_texts[variant])!.AsObject());

    public async ValueTask InitializeAsync()
    {
        // Where Bicep cannot run, each test that needs a snapshot skips itself.
        if (!BicepProgram.CanRun)
        {
            return;
        }

        var cancellation = TestContext.Current.CancellationToken;
        var sample = await File.ReadAllTextAsync(_folder.At("main.bicepparam"), cancellation);
        foreach (var variant in Variant.All)
        {
            await File.WriteAllTextAsync(_folder.At($"{variant.Name}.bicepparam"), variant.Parameters(sample), cancellation);
            var run = await TakeAsync(variant, "overwrite", cancellation);
            Assert.True(run.ExitCode == 0, run.Errors);
            _texts[variant] = await File.ReadAllTextAsync(Taken(variant), cancellation);
        }

        Compiled = (await BicepProgram.RunAsync(_folder.Location, cancellation, "build", "main.bicep", "--stdout", "--no-restore")).Output;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static string Committed(Variant variant) =>
        Repository.Folder("tests", "Bicep.Tests", "Snapshots", $"{variant.Name}.snapshot.json");

    internal async Task UpdateAsync(Variant variant, CancellationToken cancellationToken) =>
        await File.WriteAllTextAsync(Committed(variant), _texts[variant].ReplaceLineEndings("\n").TrimEnd() + "\n", cancellationToken);

    /// <summary>Lets Bicep compare the template with the given snapshot; returns its differences, empty when there are none.</summary>
    internal async Task<string> DifferencesAsync(Variant variant, string expected, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Taken(variant), expected, cancellationToken);
        var run = await TakeAsync(variant, "validate", cancellationToken);
        return run.ExitCode == 0 ? "" : $"exit code {run.ExitCode}\n{run.Output}{run.Errors}";
    }

    /// <summary>Takes, or with mode <c>validate</c> compares, the snapshot of a file of parameters.</summary>
    internal static Task<BicepRun> TakeAsync(BicepFolder folder, string name, string mode, CancellationToken cancellationToken) =>
        BicepProgram.RunAsync(folder.Location, cancellationToken, ["snapshot", $"{name}.bicepparam", "--mode", mode, .. Scope]);

    private Task<BicepRun> TakeAsync(Variant variant, string mode, CancellationToken cancellationToken) => TakeAsync(_folder, variant.Name, mode, cancellationToken);

    private string Taken(Variant variant) => _folder.At($"{variant.Name}.snapshot.json");
}
