using System.CommandLine;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands;

/// <summary>The verbs, and how they end: every error is one message and a code, never a stack trace.</summary>
internal static class CommandLine
{
    /// <summary>An action under way is finished before the process ends: the client's own time-out and a margin.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(40);

    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = LongestFarewell,
        };
        try
        {
            return await Root().Parse(args).InvokeAsync(configuration);
        }
        catch (Exception exception) when (exception is UserErrorException or StateStoreException)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception exception)
        {
            // A bug: say so, with enough to find it, and without drowning the reader.
            await Console.Error.WriteLineAsync($"error: {exception.GetType().Name}: {exception.Message}");
            await Console.Error.WriteLineAsync("This is a bug in ScaleFunctions; set SCALEFUNCTIONS_TRACE=1 for the stack.");
            if (Environment.GetEnvironmentVariable("SCALEFUNCTIONS_TRACE") == "1")
            {
                await Console.Error.WriteLineAsync(exception.ToString());
            }

            return ExitCodes.Failed;
        }
    }

    private static RootCommand Root()
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
        root.Subcommands.Add(ValidateCommand.Create());
        root.Subcommands.Add(PlanCommand.Create());
        root.Subcommands.Add(WhyCommand.Create());
        root.Subcommands.Add(HistoryCommand.Create());
        root.Subcommands.Add(PauseCommands.CreatePause());
        root.Subcommands.Add(PauseCommands.CreateResume());
        root.Subcommands.Add(KillSwitchCommand.Create());
        return root;
    }
}
