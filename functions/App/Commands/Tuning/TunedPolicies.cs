using System.Text;
using ScaleFunctions.App.Commands.Backtests;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Backtests.Tuning;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Tuning;

/// <summary>The chosen policies as a file.</summary>
internal static class TunedPolicies
{
    /// <summary>Said before the search, not after it.</summary>
    /// <exception cref="UserErrorException">The file would cost something that nobody asked to lose.</exception>
    public static void RequireRoom(ReplayInputs inputs, TuneRequest request)
    {
        if (request.Write is not { } path || !File.Exists(path))
        {
            return;
        }

        if (!request.IsForced)
        {
            throw new UserErrorException($"{path} exists; name another file with --write, or replace it with --force");
        }

        var workload = inputs.Setup.Policies.Workload.Name;
        var policy = Files(request).FirstOrDefault(file => Path.GetFullPath(file.Name) == Path.GetFullPath(path));
        if (policy is not null && !PolicyRewrite.HoldsOnly(policy, workload))
        {
            throw new UserErrorException($"{path} holds policies of others than '{workload}', which would be lost; name another file with --write");
        }
    }

    /// <summary>A file that stands alone, with what it was chosen by.</summary>
    public static string Text(ReplayInputs inputs, TuneRequest request, Tuner tuner, TunedPoint chosen)
    {
        var workload = inputs.Setup.Policies.Workload.Name;
        var files = Files(request);
        var documents = PolicyRewrite.Of(files, workload, chosen.Point.Changes(tuner.Tracking))
            ?? throw new InvalidOperationException($"the workload '{workload}' was replayed and is in no file");
        var rest = chosen.Rest!;
        var head = FormattableString.Invariant($"""
            # The policies of {workload} as 'tune' chose them: the cheapest that are at most {request.ShortPercent:0.###} % of the time short.
            # On {Terminal.Printable(Path.GetFileName(request.Replay.Trace)).ReplaceLineEndings(" ")}, days they were not chosen by: {rest.Measures.ShortPercent:0.00} % short at {rest.CostOverOracle:0.000} times the cost of perfect foresight.
            # They replace those of the same names, of policy version {inputs.Policies.Version[..12]}.

            """);
        var text = $"{head}{documents}";
        var calendars = files.Where(file => file.Name.EndsWith(".ics", StringComparison.OrdinalIgnoreCase));
        var read = PolicyReader.Read([new PolicyFile(request.Write!, Encoding.UTF8.GetBytes(text)), .. calendars]);
        return read.Errors.Count == 0
            ? text
            : throw new UserErrorException($"the chosen policies do not stand alone, so nothing was written: {read.Errors[0]}");
    }

    private static IReadOnlyList<PolicyFile> Files(TuneRequest request) => PolicyDirectory.ReadFiles(request.Replay.Policies);
}
