using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ScaleFunctions.App.Commands.Alerts;
using ScaleFunctions.App.Commands.Assessments;
using ScaleFunctions.App.Commands.Autoscale;
using ScaleFunctions.App.Commands.Backtests;
using ScaleFunctions.App.Commands.Budgets;
using ScaleFunctions.App.Commands.Costs;
using ScaleFunctions.App.Commands.Doctor;
using ScaleFunctions.App.Commands.Exports;
using ScaleFunctions.App.Commands.Forecasts;
using ScaleFunctions.App.Commands.Operations;
using ScaleFunctions.App.Commands.Plans;
using ScaleFunctions.App.Commands.Policies;
using ScaleFunctions.App.Commands.Rightsizing;
using ScaleFunctions.App.Commands.Roles;
using ScaleFunctions.App.Commands.Scorecards;
using ScaleFunctions.App.Commands.SelfTests;
using ScaleFunctions.App.Commands.Tuning;
using ScaleFunctions.App.Commands.Usage;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands;

/// <summary>The verbs, and how they end: every error is one message and a code, never a stack trace.</summary>
internal static class CommandLine
{
    /// <summary>An action under way is finished before the process ends: the client's own time-out and a margin.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(40);

    /// <summary>What is typed first.</summary>
    internal static IReadOnlyList<string> Examples { get; } =
    [
        "alias sf='dotnet run --project functions/App --no-build --'",
        "sf",
        "sf plan",
        "sf why web",
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        using var interruption = new Interruption(LongestFarewell);
        IDisposable? verbosity = null;
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            var verbose = Verbose();
            var parsed = Root(verbose).Parse(args);
            verbosity = parsed.GetValue(verbose) ? Verbosity.TurnOn() : null;
            return parsed.Action is ParseErrorAction ? Refuse(parsed) : await parsed.InvokeAsync(configuration, interruption.Asked);
        }
        catch (Exception exception) when (exception is UserErrorException or StateStoreException or WorkQueueException)
        {
            Terminal.Note($"error: {exception.Message}");
            Verbosity.Note($"{exception}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            return interruption.ExitCode;
        }
        catch (Exception exception)
        {
            // A bug: say so, with enough to find it, and without drowning the reader.
            Terminal.Note($"error: {exception.GetType().Name}: {exception.Message}");
            Terminal.Note("This is a bug in ScaleFunctions; the same command with --verbose tells the stack.");
            Verbosity.Note($"{exception}");
            return ExitCodes.Failed;
        }
        finally
        {
            verbosity?.Dispose();
        }
    }

    /// <summary>Says what is wrong with the words typed. The help stays away: standard output is for results, and it would bury the message.</summary>
    private static int Refuse(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        var complaints = command.Command.Action is null
            ? [$"{command.Command.Name} needs one of these: {string.Join(", ", command.Command.Subcommands.Select(each => each.Name))}"]
            : parsed.Errors.Select(error => error.Message).Distinct();
        foreach (var complaint in complaints)
        {
            Terminal.Note($"error: {complaint}");
        }

        var known = Known(command).ToList();
        foreach (var (typed, near) in parsed.UnmatchedTokens.Select(typed => (typed, NearWords.Of(typed, known))).Where(each => each.Item2 is not null).Distinct())
        {
            Terminal.Note($"'{typed}': did you mean '{near}'?");
        }

        Terminal.Note($"See '{Words(command)} --help'.");
        return ExitCodes.Failed;
    }

    /// <summary>The verbs and options that can stand there.</summary>
    private static IEnumerable<string> Known(CommandResult result)
    {
        var here = result.Command.Subcommands.Select(each => each.Name).Concat(result.Command.Options.Select(each => each.Name));
        return result.Parent is CommandResult parent
            ? here.Concat(Ancestors(parent).SelectMany(each => each.Command.Options).Where(each => each.Recursive).Select(each => each.Name))
            : here;
    }

    private static IEnumerable<CommandResult> Ancestors(CommandResult result) =>
        result.Parent is CommandResult parent ? Ancestors(parent).Prepend(result) : [result];

    /// <summary>The command and those it is part of, as they are typed.</summary>
    private static string Words(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Words(parent)} {result.Command.Name}" : result.Command.Name;

    private static Option<bool> Verbose() => new("--verbose")
    {
        Description = "Tell on standard error what is read, which calls go where and how they end, and the stack of an error.",
        Recursive = true,
    };

    internal static RootCommand Root() => Root(Verbose());

    private static RootCommand Root(Option<bool> verbose)
    {
        var root = new RootCommand(
            "ScaleFunctions scales Azure by load, and says why. Without a verb it runs locally against a simulated Azure (see serve).");
        var serve = ServeCommand.Create();
        foreach (var option in serve.Options)
        {
            root.Options.Add(option);
        }

        root.Action = serve.Action;
        root.Subcommands.Add(serve);
        root.Subcommands.Add(InitCommand.Create());
        root.Subcommands.Add(SelfTestCommand.Create());
        root.Subcommands.Add(ValidateCommand.Create());
        root.Subcommands.Add(LintCommand.Create());
        root.Subcommands.Add(TestCommand.Create());
        root.Subcommands.Add(ExplainCommand.Create());
        root.Subcommands.Add(SchemaCommand.Create());
        root.Subcommands.Add(PoliciesCommand.Create());
        root.Subcommands.Add(RolloutCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(RoleCommand.Create());
        root.Subcommands.Add(PlanCommand.Create());
        root.Subcommands.Add(ApplyCommand.Create());
        root.Subcommands.Add(WhyCommand.Create());
        root.Subcommands.Add(ForecastCommand.Create());
        root.Subcommands.Add(HistoryCommand.Create());
        root.Subcommands.Add(PauseCommands.CreatePause());
        root.Subcommands.Add(PauseCommands.CreateResume());
        root.Subcommands.Add(SnoozeCommand.Create());
        root.Subcommands.Add(OverrideCommand.Create());
        root.Subcommands.Add(RollbackCommand.Create());
        root.Subcommands.Add(ApprovalsCommand.Create());
        root.Subcommands.Add(StateCommand.Create());
        root.Subcommands.Add(KillSwitchCommand.Create());
        root.Subcommands.Add(InventoryCommand.Create());
        root.Subcommands.Add(ScorecardCommand.Create());
        root.Subcommands.Add(BacktestCommand.Create());
        root.Subcommands.Add(TuneCommand.Create());
        root.Subcommands.Add(ImportAutoscaleCommand.Create());
        root.Subcommands.Add(DoctorCommand.Create());
        root.Subcommands.Add(AssessCommand.Create());
        root.Subcommands.Add(RightsizeCommand.Create());
        root.Subcommands.Add(UsageCommand.Create());
        root.Subcommands.Add(CostsCommand.Create());
        root.Subcommands.Add(SavingsCommand.Create());
        root.Subcommands.Add(BudgetsCommand.Create());
        root.Subcommands.Add(AlertsCommand.Create());
        root.Subcommands.Add(ConformanceCommand.Create());
        root.Subcommands.Add(CompletionCommand.Create());
        root.Options.Add(verbose);
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!, Examples);
        }

        return root;
    }
}
