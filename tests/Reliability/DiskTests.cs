using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>The disk of the state is full, or read-only: without a journal nothing is written to Azure, and that is said.</summary>
public sealed class DiskTests
{
    private const int Mebibytes = 8;

    private static readonly TimeSpan Span = TimeSpan.FromMinutes(15);

    [Fact(Timeout = Timeouts.Counted)]
    public Task A_disk_that_fills_up_amid_work_stops_writes_says_so_and_nothing_is_lost() => OnDiskAsync(async (ground, disk, trial, token) =>
    {
        var left = 3 + (trial * 2 % 11);
        ground.OnRequest = seen =>
        {
            if (seen is { Method: "PATCH", Moment: RequestMoment.Received } && Interlocked.Decrement(ref left) == 0)
            {
                disk.Fill();
            }

            return Task.CompletedTask;
        };
        await using (var worker = ground.Serve(Span, hook: null))
        {
            var end = await worker.EndAsync(token);
            Assert.True(left <= 0, $"the disk was never filled: {end}");
            Assert.Contains("The disk is full", $"{end.Errors}{end.Output}");
        }

        disk.Free();
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Timeouts.Counted)]
    public Task A_disk_that_is_full_at_the_start_lets_nobody_write_and_says_so() => OnDiskAsync(async (ground, disk, _, token) =>
    {
        await ServeAsync(ground, token);
        disk.Fill();
        await RequireNoWriteAsync(ground, token);
        disk.Free();
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Timeouts.Counted)]
    public Task A_disk_that_is_read_only_lets_nobody_write_and_says_so() => OnDiskAsync(async (ground, disk, _, token) =>
    {
        await ServeAsync(ground, token);
        disk.SetReadOnly(true);
        await RequireNoWriteAsync(ground, token);
        disk.SetReadOnly(false);
    }, TestContext.Current.CancellationToken);

    private static async Task OnDiskAsync(Func<ProvingGround, SmallDisk, int, CancellationToken, Task> trial, CancellationToken cancellationToken) => await Trials.InSharesAsync(
        Trials.CountOr(1), share: 1, async (numbers, token) =>
        {
            var (mounted, problem) = SmallDisk.TryMount(Mebibytes);
            if (mounted is null)
            {
                Figures.Skip($"no disk can be mounted here: {problem}");
            }

            using var disk = mounted!;
            await using var ground = await ProvingGround.StartAsync(new GroundSetup { State = disk.Path }, token);
            await trial(ground, disk, numbers[0], token);
            var verdict = Judge.Of(await ground.SettleAsync(token));
            Figures.Add(1, verdict);
            verdict.RequireClean();
            Assert.True(verdict.Effective > 0, "nothing was ever written, so nothing was proved");
        }, cancellationToken);

    private static async Task ServeAsync(ProvingGround ground, CancellationToken cancellationToken)
    {
        await using var worker = ground.Serve(Span, hook: null);
        Assert.Equal(0, (await worker.EndAsync(cancellationToken)).ExitCode);
    }

    /// <summary>A worker that can keep no journal: one line that names the place, and Azure hears nothing but reads, if anything.</summary>
    private static async Task RequireNoWriteAsync(ProvingGround ground, CancellationToken cancellationToken)
    {
        var before = ground.Sandbox.Writes.All.Count;
        await using var worker = ground.Serve(Span, hook: null);
        var end = await worker.EndAsync(cancellationToken);
        Assert.True(end.ExitCode != 0, $"it ended as if all were well: {end}");
        Assert.Contains(ground.State, end.Errors);
        Assert.StartsWith("error: ", end.Errors);
        Assert.Equal(before, ground.Sandbox.Writes.All.Count);
    }
}
