using Spectre.Console;

namespace ScaleFunctions.App.Commands;

/// <summary>A progress bar over a known number of pieces of work, on standard error so that results can be piped.</summary>
internal static class WorkBar
{
    /// <summary>Does the work; it tells each piece that is done. Nothing is drawn where nobody watches.</summary>
    public static async Task WhileAsync(string what, int pieces, Func<Action, Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work(() => { });
            return;
        }

        await AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress()
            .AutoClear(enabled: true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(what), maxValue: pieces);
                await work(() => task.Increment(1));
            });
    }
}
