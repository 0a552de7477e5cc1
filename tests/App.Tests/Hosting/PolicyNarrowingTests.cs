using NSubstitute;
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
    private readonly ResourceKinds _kinds = new();
    private int _lists;

    public PolicyNarrowingTests() => _store = SqliteStateStore.Open(Directory.CreateDirectory(Path.Combine(_directory, "state")).FullName);

    private string Policies => Path.Combine(_directory, "policies");

    private string Others => Path.Combine(_directory, "others");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken)
    {
        _lists++;
        return Task.FromResult<InventoryReading>(new InventoryReading.Complete([.. Enumerable.Range(0, 10).Select(i => new ObservedTarget
        {
            Id = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", $"set-{i}"),
            Region = "westeurope",
            Sku = "Standard_D4s_v5",
            Capacity = 3,
            IsUpdating = false,
            Tags = new TargetTags.Known(new Dictionary<string, string> { ["app"] = "shop", ["ring"] = i < 5 ? "canary" : "all" }),
            ReadAt = _time.GetUtcNow(),
        })]));
    }

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
        Assert.Contains(_told, line => line.Contains("the policy files would take away the guardrails 'platform'; the set before them stays in force", StringComparison.Ordinal));
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

    /// <summary>An answer is for the set that was asked about; another worker may see other files for a while.</summary>
    [Fact]
    public async Task A_yes_to_other_files_is_none_to_these()
    {
        using var one = await StartAsync();
        var before = await one.CurrentAsync(Cancellation);
        Select(Everything, Half);
        await one.CurrentAsync(Cancellation);
        await CopyAsync(Half, "tags: { app: shop, ring: nobody }");
        using var two = Watch(Others);
        await two.CurrentAsync(Cancellation);

        await AnswerAsync(isApproved: true);

        Assert.Equal(before.Version, (await one.CurrentAsync(Cancellation)).Version);
        Assert.NotEqual(before.Version, (await two.CurrentAsync(Cancellation)).Version);
    }

    [Fact]
    public async Task What_another_worker_says_is_over_is_not_in_force()
    {
        using var one = await StartAsync();
        var before = await one.CurrentAsync(Cancellation);
        Select(Everything, Half);
        await one.CurrentAsync(Cancellation);
        await CopyAsync(Half, Everything);
        using var two = Watch(Others);
        await two.CurrentAsync(Cancellation);
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).Narrowing);

        Assert.Equal(before.Version, (await one.CurrentAsync(Cancellation)).Version);
    }

    /// <summary>Another worker, which asks nobody, took them first: here they are asked for all the same.</summary>
    [Fact]
    public async Task What_came_into_force_elsewhere_before_it_was_asked_for_here_is_asked_for()
    {
        using var one = await StartAsync();
        var before = await one.CurrentAsync(Cancellation);
        Select(Everything, Half);
        using (var two = new PolicyWatch(Policies, PolicyDirectory.Read(Policies), new RowStore(_store), new ResourceKinds(), _time, _told.Add))
        {
            Assert.Equal((await two.CurrentAsync(Cancellation)).Version, (await _store.ReadFleetAsync(Cancellation)).PolicyVersion);
        }

        Assert.Equal(before.Version, (await SettledAsync(one)).Version);
        Assert.NotNull((await _store.ReadFleetAsync(Cancellation)).Narrowing);
    }

    /// <summary>What was in force before a restart is asked for once, at the start.</summary>
    [Fact]
    public async Task What_another_worker_keeps_is_not_in_force_here()
    {
        await SamplePolicies.WriteToAsync(Policies);
        Select(Everything, Half);
        using var one = Watch();
        var half = await one.CurrentAsync(Cancellation);
        await CopyAsync(Half, Everything);
        using var two = Watch(Others);
        Assert.NotEqual(half.Version, (await two.CurrentAsync(Cancellation)).Version);

        Assert.Equal(half.Version, (await one.CurrentAsync(Cancellation)).Version);
    }

    /// <summary>What was kept is gone just after it was read: the files that wait are not kept in its name.</summary>
    [Fact]
    public async Task Files_that_wait_are_not_kept_as_what_is_in_force()
    {
        using (var first = await StartAsync())
        {
            await first.CurrentAsync(Cancellation);
        }

        Select(Everything, Half);
        var documents = Substitute.For<IDocumentStore>();
        documents.ReadDocumentAsync("policies", "last-good", Arg.Any<CancellationToken>())
            .Returns(await _store.ReadDocumentAsync("policies", "last-good", Cancellation), (StoredDocument?)null);
        documents.WriteDocumentAsync(Arg.Any<StoredDocument>(), Arg.Any<CancellationToken>()).Returns(new RowWrite.Written(1));
        using var watch = new PolicyWatch(Policies, PolicyDirectory.Read(Policies), new RowStore(_store), _kinds, _time, _told.Add, new LastGoodPolicies(documents), this);

        await watch.CurrentAsync(Cancellation);

        Assert.NotNull((await _store.ReadFleetAsync(Cancellation)).Narrowing);
        await documents.DidNotReceive().WriteDocumentAsync(Arg.Is<StoredDocument>(document => document.Key == "last-good"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task What_waits_is_void_once_the_files_cannot_be_used()
    {
        using var watch = await StartAsync();
        var before = await watch.CurrentAsync(Cancellation);
        Select(Everything, Half);
        await SettledAsync(watch);
        Assert.NotNull((await _store.ReadFleetAsync(Cancellation)).Narrowing);

        await BreakAsync();

        Assert.Equal(before.Version, (await SettledAsync(watch)).Version);
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).Narrowing);
        _time.Ahead += NarrowedPolicies.AcceptedAfter;
        Assert.Equal(before.Version, (await watch.CurrentAsync(Cancellation)).Version);
    }

    /// <summary>Of a set whose bounds nobody knows nothing can be lost: the first that can be used is used.</summary>
    [Fact]
    public async Task The_first_set_that_can_be_used_does_not_wait()
    {
        await SamplePolicies.WriteToAsync(Policies);
        await BreakAsync();
        using var watch = Watch();
        Assert.True((await watch.CurrentAsync(Cancellation)).AreBoundsLost);

        File.Delete(Path.Combine(Policies, "guardrails.yml"));
        Select(Everything, Half);

        Assert.False((await SettledAsync(watch)).AreBoundsLost);
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).Narrowing);
    }

    [Fact]
    public async Task A_restart_on_the_same_files_asks_nothing_of_Azure()
    {
        using (var first = await StartAsync())
        {
            await first.CurrentAsync(Cancellation);
        }

        using var watch = Watch();
        await watch.CurrentAsync(Cancellation);
        await watch.CurrentAsync(Cancellation);

        Assert.Equal(0, _lists);
    }

    /// <summary>Resources of a kind that only the set before declared are among those that would be lost; what nobody declares any more is read no longer.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_restart_the_kinds_are_those_of_the_set_in_force(bool isFar)
    {
        await SamplePolicies.WriteToAsync(Policies);
        var kinds = Path.Combine(Policies, "kinds.yml");
        await File.WriteAllTextAsync(
            kinds,
            """
            apiVersion: scalefunctions/v1
            kind: ResourceKind
            metadata: { name: search }
            spec: { type: Microsoft.Search/searchServices, apiVersion: 2023-11-01, capacity: properties.replicaCount, write: PATCH, minimum: 1, maximum: 12 }
            """,
            Cancellation);
        using (var first = Watch())
        {
            await first.CurrentAsync(Cancellation);
        }

        File.Delete(kinds);
        if (isFar)
        {
            Select(Everything, Half);
        }

        using var watch = Watch();
        await watch.CurrentAsync(Cancellation);

        Assert.Equal(isFar ? ["search"] : [], _kinds.Declared.Select(kind => kind.Name));
        Assert.Equal(isFar, (await _store.ReadFleetAsync(Cancellation)).Narrowing is not null);
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

    private PolicyWatch Watch(string? directory = null) =>
        new(directory ?? Policies, PolicyDirectory.Read(directory ?? Policies), new RowStore(_store), _kinds, _time, _told.Add, new LastGoodPolicies(_store), this);

    /// <summary>The same files in another place, with another selector.</summary>
    private async Task CopyAsync(string old, string now)
    {
        Directory.CreateDirectory(Others);
        foreach (var file in Directory.GetFiles(Policies))
        {
            var text = await File.ReadAllTextAsync(file, Cancellation);
            await File.WriteAllTextAsync(Path.Combine(Others, Path.GetFileName(file)), text.Replace(old, now, StringComparison.Ordinal), Cancellation);
        }
    }

    private Task BreakAsync() => File.WriteAllTextAsync(Path.Combine(Policies, "guardrails.yml"), "apiVersion: scalefunctions/v1\nkind: Guardrails\nspec: [", Cancellation);

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
