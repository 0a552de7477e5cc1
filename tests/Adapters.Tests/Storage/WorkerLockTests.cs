using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Tests.Storage;

public sealed class WorkerLockTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_second_worker_hears_who_holds_it_since_when()
    {
        using var first = Assert.IsType<WorkerLockResult.Taken>(Take()).Lock;
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal($"held by process {Environment.ProcessId} since 2026-11-23 18:00:00Z", Assert.IsType<WorkerLockResult.Held>(Take()).By);
    }

    [Fact]
    public void A_released_lock_can_be_taken_again()
    {
        Assert.IsType<WorkerLockResult.Taken>(Take()).Lock.Dispose();

        Assert.IsType<WorkerLockResult.Taken>(Take()).Lock.Dispose();
    }

    [Fact]
    public void Of_many_takers_one_gets_it()
    {
        var results = new WorkerLockResult[16];
        Parallel.For(0, results.Length, index => results[index] = Take());

        Assert.Single(results.OfType<WorkerLockResult.Taken>()).Lock.Dispose();
    }

    [Fact]
    public async Task A_killed_worker_lets_go()
    {
        using var worker = StoreProcess.Start(_directory.Path, long.MaxValue);
        await worker.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"process {worker.Id} ", Assert.IsType<WorkerLockResult.Held>(Take()).By);

        worker.Kill();
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.IsType<WorkerLockResult.Taken>(Take()).Lock.Dispose();
    }

    [Fact]
    public void Reads_and_handles_work_beside_a_worker()
    {
        using var worker = Assert.IsType<WorkerLockResult.Taken>(Take()).Lock;

        using var store = SqliteStateStore.Open(_directory.Path);

        Assert.True(File.Exists(_directory.File("state.db")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    public void A_holder_file_that_cannot_be_read_hides_the_name_only(string content)
    {
        using var first = Assert.IsType<WorkerLockResult.Taken>(Take()).Lock;
        File.WriteAllText(_directory.File("worker.json"), content);

        Assert.Equal("held by another process", Assert.IsType<WorkerLockResult.Held>(Take()).By);
    }

    [Fact]
    public void A_directory_that_cannot_be_written_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a directory that even root cannot write to");

        Assert.Contains("/fdinfo", Assert.Throws<StateStoreException>(() => WorkerLock.TryTake("/proc/self/fdinfo", _time)).Message);
    }

    [Fact]
    public void A_lock_that_could_not_be_signed_is_let_go()
    {
        Directory.CreateDirectory(_directory.File("worker.json"));
        Assert.Throws<StateStoreException>(Take);
        Directory.Delete(_directory.File("worker.json"));

        Assert.IsType<WorkerLockResult.Taken>(Take()).Lock.Dispose();
    }

    private WorkerLockResult Take() => WorkerLock.TryTake(_directory.Path, _time);
}
