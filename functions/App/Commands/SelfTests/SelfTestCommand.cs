using System.CommandLine;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.SelfTests;

/// <summary>Tries everything once against a simulated Azure, and says that it works only after it did.</summary>
internal static class SelfTestCommand
{
    /// <summary>What an operator's pipeline waits for.</summary>
    internal const string ScalingWorks = "Auto-scaling and performance optimization successful";

    internal const string ResourcesWork = "Resource optimization and cost management successful";

    public static Command Create()
    {
        var faults = new Option<string?>("--faults") { Description = "JSON file of faults the simulated Azure shall show, to see it fail.", HelpName = "FILE" };
        var command = new Verb(
            "self-test", "Try everything once against a simulated Azure: raise, verify, lower, roll back, stop, off-hours, findings, budgets. Exit code 1, and the step, when one does not do what it must.", "sf self-test")
        {
            faults,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(faults), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? faults, CancellationToken cancellationToken)
    {
        await using var world = await SelfTestWorld.StartAsync(faults, cancellationToken);
        foreach (var (steps, line) in new[] { (ScalingSteps.All, ScalingWorks), (ResourceSteps.All, ResourcesWork) })
        {
            foreach (var step in steps)
            {
                Terminal.Write($"{step.Name,-12} {await TryAsync(step, world, cancellationToken)}");
            }

            Terminal.Write(line);
        }

        return ExitCodes.Done;
    }

    private static async Task<string> TryAsync(SelfTestStep step, SelfTestWorld world, CancellationToken cancellationToken)
    {
        try
        {
            return await step.RunAsync(world, cancellationToken);
        }
        catch (Exception exception) when (exception is UserErrorException or StateStoreException or WorkQueueException or Azure.RequestFailedException)
        {
            throw new UserErrorException($"self-test failed at '{step.Name}': {exception.Message}", exception);
        }
    }
}
