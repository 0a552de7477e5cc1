using System.CommandLine;
using System.Reflection;
using System.Text;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.App.Reports;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands;

/// <summary>Writes starter policies that observe and change nothing, and says that they work only after they have decided on a simulated Azure.</summary>
internal static class InitCommand
{
    /// <summary>What an operator's pipeline waits for.</summary>
    internal const string ScalingIsReady = "Auto-scaling infrastructure initialized";

    internal const string ResourcesAreReady = "Resource optimization infrastructure initialized";

    private const string ResourcePrefix = "policies/";

    private const string SettingsResource = "settings/local.settings.json";

    public static Command Create()
    {
        var directory = new Argument<string>("directory") { Description = "Where to put them.", DefaultValueFactory = _ => SharedOptions.UsualPolicies };
        var settings = new Option<string?>("--settings") { Description = "Also write the app settings of a local Functions host, in observe mode, to this file.", HelpName = "FILE" };
        var command = new Verb(
            "init", "Write starter policy files in observe mode, and let them decide once on a simulated Azure. Files that exist are left alone.",
            "sf init policies") { directory, settings };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(directory)!, parsed.GetValue(settings), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string directory, string? settings, CancellationToken cancellationToken)
    {
        if (File.Exists(directory))
        {
            throw new UserErrorException($"{directory} is a file; name the directory that shall hold the starter policies");
        }

        try
        {
            Directory.CreateDirectory(directory);
            foreach (var (name, text) in Starters())
            {
                var file = Path.Combine(directory, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                Write(file, text);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"starter policies cannot be written to {directory}: {exception.Message} Name another directory.", exception);
        }

        if (settings is not null)
        {
            WriteSettings(settings, cancellationToken);
        }

        var policies = PolicyDirectory.Load(directory);
        if (policies.Errors.Count > 0)
        {
            PolicyMessages.Print(policies);
            throw new UserErrorException($"{directory} has {policies.Errors.Count} errors, see above; mend them, and run 'init {directory}' again");
        }

        await ReadOnlyEstate.UseAsync(directory, state: null, EstateNames.Shop, (set, services) => RehearseAsync(directory, set, services, cancellationToken), cancellationToken);
        Terminal.Write($"{directory} is ready: say in workloads.yml which resources are yours, check with 'validate {directory}', see what would happen with 'plan --policies {directory}'. "
            + "Nothing is changed until a workload says 'mode: act'.");
        Terminal.Write(ScalingIsReady);
        RequireResources(directory, policies);
        Terminal.Write(ResourcesAreReady);
        return ExitCodes.Done;
    }

    /// <summary>Everything that decides is made, reads a simulated Azure and decides; nothing is written.</summary>
    private static async Task<int> RehearseAsync(string directory, PolicySet policies, IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var workload in policies.Workloads)
        {
            if (policies.For(workload.Name) is TargetPolicies.None none)
            {
                throw new UserErrorException($"auto-scaling is not initialized: {none.Reason} ({directory})");
            }
        }

        var rehearsal = await services.GetRequiredService<ScalingCycle>().RehearseAsync(policies, cancellationToken);
        return rehearsal.Broken is [var broken, ..]
            ? throw new UserErrorException($"auto-scaling is not initialized: on a simulated Azure '{broken.Target.Name}' cannot be decided: {broken.Text}")
            : ExitCodes.Done;
    }

    /// <summary>Whoever took a kind away meant it; but then nobody may wait for what it does.</summary>
    private static void RequireResources(string directory, PolicySet policies)
    {
        foreach (var (kind, count) in new[]
        {
            (nameof(PolicySet.ResourceRightsizing), policies.ResourceRightsizing.Count),
            (nameof(PolicySet.UsageOptimization), policies.UsageOptimization.Count + policies.UsageFindings.Count),
            (nameof(PolicySet.CostMonitoring), policies.CostMonitoring.Count),
            (nameof(PolicySet.BudgetAlerts), policies.BudgetAlerts.Count),
        })
        {
            if (count == 0)
            {
                throw new UserErrorException($"resource optimization is not initialized: there is no policy of the kind {kind} in {directory}");
            }
        }

        if (policies.BudgetAlerts.FirstOrDefault(budget => budget.TellsBy.Count == 0) is { } silent)
        {
            throw new UserErrorException($"resource optimization is not initialized: the budget '{silent.Name}' at {silent.Source} tells nobody; name its 'channels', or a default in a policy of the kind AlertChannels");
        }
    }

    private static void WriteSettings(string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            Terminal.Write($"kept    {file}");
            return;
        }

        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(SettingsResource)!);
        WholeFile.Write(file, reader.ReadToEnd(), cancellationToken);
        Terminal.Write($"written {file}");
    }

    private static void Write(string file, string text)
    {
        if (File.Exists(file))
        {
            Terminal.Write($"kept    {file}");
            return;
        }

        File.WriteAllText(file, text);
        Terminal.Write($"written {file}");
    }

    /// <summary>The files of the repository's policies folder, changed to observe, and the presets they may extend.</summary>
    private static IEnumerable<(string Name, string Text)> Starters()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[ResourcePrefix.Length..], Watching(reader.ReadToEnd()));
        }

        foreach (var preset in PolicyPresets.Files)
        {
            yield return (preset.Name, Encoding.UTF8.GetString(preset.Content.Span));
        }
    }

    private static string Watching(string text) => text.Replace(
        "mode: act", text.Contains($"kind: {nameof(PolicySet.PredictiveScaling)}", StringComparison.Ordinal) ? "mode: forecastOnly" : "mode: observe", StringComparison.Ordinal);
}
