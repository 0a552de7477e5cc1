using Spectre.Console;

namespace ScaleFunctions.App.Commands;

/// <summary>A progress bar on standard error, where somebody watches; results on standard output stay whole.</summary>
internal static class WorkProgress
{
    /// <summary>Does the work, which calls the action it is given once for each of <paramref name="count"/> parts.</summary>
    public static T While<T>(string what, int count, Func<Action, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(() => { });
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(what, maxValue: count);
                return work(() => task.Increment(1));
            });
    }
}
