using ScaleFunctions.App.Commands;
using Spectre.Console;

namespace ScaleFunctions.App.Local;

/// <summary>A progress bar under the lines of a run whose length is known, where somebody watches.</summary>
internal static class Progress
{
    public static async Task WhileAsync(TimeSpan? total, Func<Action<TimeSpan>, Task> work)
    {
        if (total is not { } length || !Terminal.IsInteractive)
        {
            await work(_ => { });
            return;
        }

        await Terminal.Console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("simulated time", maxValue: length.TotalMinutes);
                await work(step => task.Increment(step.TotalMinutes));
            })
            ;
    }
}
