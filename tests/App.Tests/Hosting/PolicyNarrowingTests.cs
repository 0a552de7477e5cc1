using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Files that would govern far fewer resources than the set in force.</summary>
public sealed class PolicyNarrowingTests : ITargetInventory, IAsyncDisposable
{
    private const string Everything = "tags: { app: shop }";
    private const string Half = "tags: { app: shop, ring: canary }";

    private readonly string _directory = Directory.CreateTempSubdirectory("scalefunctions-narrowing-").FullName;
    private readonly MovedTime _time = new() { StandsAt = TimeProvider.System.GetUtcNow() };
    private readonly List<string> _told = [];
    private readonly SqliteStateStore _store;

    public PolicyNarrowingTests() => _store = SqliteStateStore.Open(Directory.CreateDirectory(Path.Combine(_directory, "state")).FullName);

    private string Policies => Path.Combine(_directory, "policies");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) => Task.FromResult<InventoryReading>(
        new InventoryReading.Complete([.. Enumerable.Range(0, 10).Select(i => new ObservedTarget
        {
            Id = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", $"set-{i}"),
            Region = "westeurope",
            Sku = "Standard_D4s_v5",
            Capacity = 3,
            IsUpdating = false,
            Tags = new TargetTags.Known(new Dictionary<string, string> { ["app"] = "shop", ["ring"] = i < 5 ? "canary" : "all" }),
            ReadAt = _time.GetUtcNow(),
        })]));

    [Fact]
    public async Task They_wait_while_the_set_before_them_stays_in_force_until_a_person_approves()
    {
        using var watch = await StartAsync();
        var before = await watch.CurrentAsync(Cancellation);

        Select(Everything, Half);

        Assert.Equal(before.Version, (await SettledAsync(watch)).Version);
        Assert.Equal(before.Version, (await watch.CurrentAsync(Cancellation)).Version);
        var fleet = await _store.ReadFleetAsync(Cancellation);
        Assert.Equal((before.Version, 5), (fleet.PolicyVersion, fleet.Narrowing?.Loss.Missing));
        Assert.Single(_told, line => line.Contains("5 of 10 resources that are governed now to nobody (set-5, set-6, set-7 and 2 more)", StringComparison.Ordinal));

        await AnswerAsync(isApproved: true);

        Assert.NotEqual(before.Version, (await watch.CurrentAsync(Cancellation)).Version);
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).Narrowing);
    }

    [Fact]
    public async Task They_count_after_an_hour_without_an_answer_and_not_when_it_was_no()
    {
        using var watch = await StartAsync();
        var before = await watch.CurrentAsync(Cancellation);
        Select(Everything, Half);
        await SettledAsync(watch);
        _time.Ahead += TimeSpan.FromMinutes(50);
        Assert.Equal(before.Version, (await watch.CurrentAsync(Cancellation)).Version);
        _time.Ahead += TimeSpan.FromMinutes(10);
        Assert.NotEqual(before.Version, (await watch.CurrentAsync(Cancellation)).Version);

        Select(Half, "tags: { app: shop, ring: nobody }");
        var half = await SettledAsync(watch);
        await AnswerAsync(isApproved: false);
        _time.Ahead += TimeSpan.FromDays(3);
        Assert.Equal(half.Version, (await watch.CurrentAsync(Cancellation)).Version);
    }

    [Fact]
    public async Task A_deployment_of_them_waits_as_an_edit_does_and_another_restart_loses_nothing()
    {
        PolicySet before;
        using (var first = await StartAsync())
        {
            before = await first.CurrentAsync(Cancellation);
        }

        Select(Everything, Half);
        for (var start = 0; start < 2; start++)
        {
            using var again = Watch();
            Assert.Equal(before.Version, (await again.CurrentAsync(Cancellation)).Version);
        }

        using var watch = Watch();
        await watch.CurrentAsync(Cancellation);
        _time.Ahead += NarrowedPolicies.AcceptedAfter;
        var after = await watch.CurrentAsync(Cancellation);
        Assert.NotEqual(before.Version, after.Version);
        using var last = Watch();
        Assert.Equal(after.Version, (await last.CurrentAsync(Cancellation)).Version);
    }

    [Fact]
    public async Task Two_workers_take_them_together()
    {
        using var one = await StartAsync();
        using var two = Watch();
        await one.CurrentAsync(Cancellation);
        await two.CurrentAsync(Cancellation);
        Select(Everything, Half);
        await SettledAsync(one);
        await SettledAsync(two);

        await AnswerAsync(isApproved: true);

        Assert.Equal((await one.CurrentAsync(Cancellation)).Version, (await two.CurrentAsync(Cancellation)).Version);
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).Narrowing);
    }

    [Fact]
    public async Task Guardrails_that_are_deleted_bind_until_somebody_says_that_it_is_meant()
    {
        await SamplePolicies.WriteToAsync(Policies);
        var file = Path.Combine(Policies, "guardrails.yml");
        await File.WriteAllTextAsync(file, "apiVersion: scalefunctions/v1\nkind: Guardrails\nmetadata: { name: platform }\nspec: { maximumInstances: 8 }\n", Cancellation);
        using var watch = Watch();
        Assert.Single((await watch.CurrentAsync(Cancellation)).Guardrails);

        File.Delete(file);

        Assert.Single((await SettledAsync(watch)).Guardrails);
        Assert.Contains(_told, line => line.Contains("the policies would take away the guardrails 'platform'; the set before them stays in force", StringComparison.Ordinal));
        await AnswerAsync(isApproved: true);
        Assert.Empty((await watch.CurrentAsync(Cancellation)).Guardrails);
    }

    [Fact]
    public async Task Mended_files_wait_for_nobody()
    {
        using var watch = await StartAsync();
        await watch.CurrentAsync(Cancellation);
        Select(Everything, Half);
        await SettledAsync(watch);

        Select(Half, "tags: { app: [shop, other] }");
        var mended = await SettledAsync(watch);

        Assert.Equal(mended.Version, (await _store.ReadFleetAsync(Cancellation)).PolicyVersion);
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).Narrowing);
        _time.Ahead += NarrowedPolicies.AcceptedAfter;
        Assert.Equal(mended.Version, (await watch.CurrentAsync(Cancellation)).Version);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<PolicyWatch> StartAsync()
    {
        await SamplePolicies.WriteToAsync(Policies);
        return Watch();
    }

    private PolicyWatch Watch() =>
        new(Policies, PolicyDirectory.Read(Policies), new RowStore(_store), new ResourceKinds(), _time, _told.Add, new LastGoodPolicies(_store), this);

    private async Task AnswerAsync(bool isApproved)
    {
        var desk = new ApprovalDesk(new RowStore(_store), _store, new CycleOptions { Worker = "test", ModeCeiling = PolicyMode.Act }, _time);
        var asked = (await _store.ReadFleetAsync(Cancellation)).Approvals.Single(each => each.IsPending(_time.GetUtcNow()));
        Assert.IsType<ApprovalResult.Answered>(await desk.AnswerAsync(asked.Id, isApproved, "ann", "seen", isBreakGlass: false, Cancellation));
    }

    /// <summary>After a look at what is new and one some seconds later.</summary>
    private async Task<PolicySet> SettledAsync(PolicyWatch watch)
    {
        await watch.CurrentAsync(Cancellation);
        _time.Ahead += PolicyLooks.Settled;
        return await watch.CurrentAsync(Cancellation);
    }

    private void Select(string old, string now)
    {
        var file = Path.Combine(Policies, "workloads.yml");
        var (text, at) = (File.ReadAllText(file), File.GetLastWriteTimeUtc(file));
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(old, now, StringComparison.Ordinal));

        // Saved again within the clock's grain, a file of the same size would look as it was.
        File.SetLastWriteTimeUtc(file, at.AddSeconds(1));
    }
}
