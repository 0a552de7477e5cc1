using System.Text;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Sets of policies that are kept, and a person's choice of one.</summary>
public sealed class PolicyChoiceTests : IDisposable
{
    private const string Horizontal = "horizontal-scaling.yml";

    private readonly PolicyGround _ground = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_set_that_came_into_force_is_kept_with_when_and_where_from()
    {
        using var watch = await StartAsync();
        var first = await watch.CurrentAsync(Cancellation);
        var second = await EditAsync(watch, "maximum: 12", "maximum: 11");

        var list = await _ground.Desk.ListAsync(Cancellation);

        Assert.Equal([second.Version, first.Version], list.Sets.Select(set => set.Version));
        Assert.Equal([PolicySetStatus.InForce, PolicySetStatus.Kept], list.Sets.Select(set => set.Status));
        Assert.Equal([true, false], list.Sets.Select(set => set.IsLatest));
        Assert.All(list.Sets, set => Assert.Equal((_ground.Policies, "", 3, 0), (set.Place, set.By, set.Policies, set.Errors)));
        Assert.Equal([10, null], list.Sets.Select(set => set.Resources));
        Assert.Equal([62, 0], list.Sets.Select(set => (set.InForceAt - _ground.Time.StandsAt)?.TotalSeconds));
    }

    [Fact]
    public async Task The_last_twenty_are_kept_and_a_restart_is_no_new_one()
    {
        using (var watch = await StartAsync())
        {
            await watch.CurrentAsync(Cancellation);
            for (var maximum = 13; maximum <= 12 + KeptSets.Most; maximum++)
            {
                await EditAsync(watch, $"maximum: {maximum - 1}", $"maximum: {maximum}");
            }
        }

        using var again = _ground.Watch();
        await again.CurrentAsync(Cancellation);

        var sets = (await _ground.Desk.ListAsync(Cancellation)).Sets;
        Assert.Equal(KeptSets.Most, sets.Count);
        Assert.Equal(sets.Select(set => set.InForceAt).OrderDescending(), sets.Select(set => set.InForceAt));
        foreach (var set in sets)
        {
            Assert.Equal(set.Version, (await _ground.Kept.Sets.ReadAsync(set.Version, Cancellation))?.Policies.Version);
        }

        Assert.Equal(KeptSets.Most + 2, (await _ground.Store.ListDocumentsAsync("policies", Cancellation)).Count);
    }

    [Fact]
    public async Task A_kept_set_that_is_chosen_is_in_force_over_a_restart_until_the_files_change()
    {
        string first;
        using (var watch = await StartAsync())
        {
            first = (await watch.CurrentAsync(Cancellation)).Version;
            var second = await EditAsync(watch, "maximum: 12", "maximum: 11");

            await _ground.Desk.ActivateAsync(first[..12], "ann", "the new one flaps", Cancellation);

            Assert.Equal(first, (await _ground.SettledAsync(watch)).Version);
            Assert.Equal((first, second.Version), await FleetAsync(fleet => (fleet.PolicyVersion, fleet.PolicyFilesVersion)));
            var chosen = (await _ground.Desk.ListAsync(Cancellation)).Sets[0];
            Assert.Equal((first, PolicySetStatus.InForce, true, false, "ann"), (chosen.Version, chosen.Status, chosen.IsChosen, chosen.IsLatest, chosen.By));
        }

        using var again = _ground.Watch();
        Assert.Equal(first, (await again.CurrentAsync(Cancellation)).Version);
        Assert.Equal(first, (await _ground.SettledAsync(again)).Version);
        var third = await EditAsync(again, "maximum: 11", "maximum: 10");

        Assert.Equal(10, Assert.Single(third.HorizontalScaling).Maximum);
        Assert.Null(await FleetAsync(fleet => fleet.Choice));
        Assert.Single(await _ground.JournalAsync(), text => text.Contains("was chosen by ann until the files change from", StringComparison.Ordinal));
        Assert.Single(await _ground.JournalAsync(), text => text.EndsWith("by ann is over: the policy files have changed", StringComparison.Ordinal));
    }

    /// <summary>A choice is made against files that not every worker has seen yet: to those nothing has changed.</summary>
    [Fact]
    public async Task A_worker_that_has_not_seen_the_newer_files_does_not_end_the_choice()
    {
        using var watch = await StartAsync();
        var first = (await watch.CurrentAsync(Cancellation)).Version;
        using var behind = _ground.Watch(new StoodStill(new DirectoryPolicies(_ground.Policies)));
        Assert.Equal(first, (await behind.CurrentAsync(Cancellation)).Version);
        await EditAsync(watch, "maximum: 12", "maximum: 11");
        await _ground.Desk.ActivateAsync(first[..12], "ann", "the new one flaps", Cancellation);

        Assert.Equal(first, (await _ground.SettledAsync(behind)).Version);
        Assert.NotNull(await FleetAsync(fleet => fleet.Choice));
        Assert.Equal(first, (await _ground.SettledAsync(watch)).Version);
    }

    /// <summary>A download that failed, an object that somebody fetches later: the files look the same when it is over.</summary>
    [Fact]
    public async Task What_could_not_be_read_is_read_again_and_told_once()
    {
        var files = new FailsToRead(new DirectoryPolicies(_ground.Policies));
        await SamplePolicies.WriteToAsync(_ground.Policies);
        using var watch = _ground.Watch(files);
        var first = await watch.CurrentAsync(Cancellation);
        files.Fault = "the container did not answer";
        _ground.Edit("horizontal-scaling.yml", "maximum: 12", "maximum: 11");
        for (var look = 0; look < 4; look++)
        {
            Assert.Equal(first.Version, (await _ground.SettledAsync(watch)).Version);
        }

        Assert.Contains("did not answer", await FleetAsync(fleet => fleet.PolicyTrouble?.Why), StringComparison.Ordinal);
        Assert.Single(_ground.Told, text => text == "policies changed: the container did not answer");
        files.Fault = null;

        Assert.Equal(11, Assert.Single((await _ground.SettledAsync(watch)).HorizontalScaling).Maximum);
        Assert.Null(await FleetAsync(fleet => fleet.PolicyTrouble));
    }

    [Fact]
    public async Task A_kept_set_that_was_damaged_is_kept_anew_when_it_counts_again()
    {
        using var watch = await StartAsync();
        var first = (await watch.CurrentAsync(Cancellation)).Version;
        var kept = (await _ground.Store.ReadDocumentAsync("policies", $"set-{first}", Cancellation))!;
        await _ground.Store.WriteDocumentAsync(kept with { Json = "{" }, Cancellation);
        await EditAsync(watch, "maximum: 12", "maximum: 11");
        Assert.Null(await _ground.Kept.Sets.ReadAsync(first, Cancellation));

        await EditAsync(watch, "maximum: 11", "maximum: 12");

        Assert.Equal(first, (await _ground.Kept.Sets.ReadAsync(first, Cancellation))?.Policies.Version);
    }

    [Fact]
    public async Task What_the_files_say_counts_again_when_somebody_wants_it()
    {
        using var watch = await StartAsync();
        var first = await watch.CurrentAsync(Cancellation);
        var second = await EditAsync(watch, "maximum: 12", "maximum: 11");
        await Assert.ThrowsAsync<UserErrorException>(() => _ground.Desk.ActivateAsync(PolicyDesk.Latest, "ann", "why", Cancellation));
        await _ground.Desk.ActivateAsync(first.Version, "ann", "why", Cancellation);
        await _ground.SettledAsync(watch);

        await _ground.Desk.ActivateAsync(PolicyDesk.Latest, "bob", "mended", Cancellation);

        Assert.Equal(second.Version, (await _ground.SettledAsync(watch)).Version);
        Assert.Single(await _ground.JournalAsync(), text => text.EndsWith("is over: bob wants what the files say: mended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chosen_set_that_governs_far_less_waits_and_who_chose_it_does_not_approve_it()
    {
        using var watch = await StartAsync("tags: { app: shop, ring: canary }");
        var half = await watch.CurrentAsync(Cancellation);
        var whole = await EditAsync(watch, "workloads.yml", "ring: canary", "ring: [canary, all]");

        await _ground.Desk.ActivateAsync(half.Version, "ann", "why", Cancellation);

        Assert.Equal(whole.Version, (await _ground.SettledAsync(watch)).Version);
        Assert.Equal((half.Version, 5), await FleetAsync(fleet => (fleet.Narrowing?.Version, fleet.Narrowing?.Loss.Missing)));
        Assert.StartsWith("the set that ann chose would leave 5 of 10", await FleetAsync(fleet => fleet.Narrowing?.Text), StringComparison.Ordinal);
        Assert.Single(_ground.Told, text => text.StartsWith("the set that ann chose would leave 5 of 10", StringComparison.Ordinal));
        Assert.IsType<ApprovalResult.Refused>(await AnswerAsync("ann"));
        Assert.IsType<ApprovalResult.Answered>(await AnswerAsync("bob"));
        Assert.Equal(half.Version, (await _ground.SettledAsync(watch)).Version);
    }

    [Fact]
    public async Task What_waits_can_be_compared_before_it_is_approved()
    {
        using var watch = await StartAsync();
        await watch.CurrentAsync(Cancellation);
        await EditAsync(watch, "workloads.yml", "app: shop", "app: shop, ring: canary");

        var difference = await _ground.Desk.CompareAsync(null, PolicyDesk.Waiting, _ => null, Cancellation);

        var only = Assert.Single(difference.Differences);
        Assert.Equal(("Workload workloads", "spec.select.tags.ring", null, "canary"), (only.Policy, only.Field, only.Before, only.After));
        Assert.Equal(PolicySetStatus.Waiting, (await _ground.Desk.ListAsync(Cancellation)).Sets[1].Status);
    }

    [Fact]
    public async Task While_the_files_cannot_be_used_an_earlier_set_can_be_chosen()
    {
        using var watch = await StartAsync();
        var first = await watch.CurrentAsync(Cancellation);
        await EditAsync(watch, "maximum: 12", "maximum: 11");
        var broken = await EditAsync(watch, "maximum: 11", "maximum: none");
        Assert.Equal(11, Assert.Single(broken.HorizontalScaling).Maximum);

        await _ground.Desk.ActivateAsync(first.Version, "ann", "why", Cancellation);

        Assert.Equal(first.Version, (await _ground.SettledAsync(watch)).Version);
        Assert.NotNull(await FleetAsync(fleet => fleet.PolicyTrouble));
        var mended = await EditAsync(watch, "maximum: none", "maximum: 9");
        Assert.Equal(9, Assert.Single(mended.HorizontalScaling).Maximum);
        Assert.Null(await FleetAsync(fleet => fleet.PolicyTrouble));
    }

    /// <summary>What waited, was taken back and is wanted again waits again; it is not forgotten.</summary>
    [Fact]
    public async Task A_choice_that_was_taken_back_while_it_waited_waits_when_it_is_made_again()
    {
        using var watch = await StartAsync("tags: { app: shop, ring: canary }");
        var half = await watch.CurrentAsync(Cancellation);
        await EditAsync(watch, "workloads.yml", "ring: canary", "ring: [canary, all]");
        await EditAsync(watch, "maximum: 12", "maximum: none");
        await _ground.Desk.ActivateAsync(half.Version, "ann", "why", Cancellation);
        await _ground.SettledAsync(watch);
        Assert.Equal(half.Version, await FleetAsync(fleet => fleet.Narrowing?.Version));
        await _ground.Desk.ActivateAsync(PolicyDesk.Latest, "ann", "not now", Cancellation);
        await _ground.SettledAsync(watch);
        Assert.Null(await FleetAsync(fleet => fleet.Narrowing));

        await _ground.Desk.ActivateAsync(half.Version, "ann", "now", Cancellation);
        await _ground.SettledAsync(watch);

        Assert.Equal(half.Version, await FleetAsync(fleet => fleet.Narrowing?.Version));
    }

    [Fact]
    public async Task A_set_that_is_not_what_was_kept_is_not_chosen_and_one_that_is_lost_later_is_told()
    {
        using var watch = await StartAsync();
        var first = await watch.CurrentAsync(Cancellation);
        var second = await EditAsync(watch, "maximum: 12", "maximum: 11");
        await _ground.Desk.ActivateAsync(first.Version, "ann", "why", Cancellation);
        var kept = (await _ground.Store.ReadDocumentAsync("policies", $"set-{first.Version}", Cancellation))!;
        await _ground.Store.WriteDocumentAsync(kept with { Json = "{" }, Cancellation);

        Assert.Equal(second.Version, (await _ground.SettledAsync(watch)).Version);

        Assert.Null(await FleetAsync(fleet => fleet.Choice));
        Assert.Contains(_ground.Told, line => line.EndsWith("the set is not kept any more, or cannot be used", StringComparison.Ordinal));
        Assert.Contains("not what was kept", (await Assert.ThrowsAsync<UserErrorException>(() => _ground.Desk.ActivateAsync(first.Version, "ann", "why", Cancellation))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UserErrorException>(() => _ground.Desk.ActivateAsync("00000000", "ann", "why", Cancellation));
        await Assert.ThrowsAsync<UserErrorException>(() => _ground.Desk.ActivateAsync(first.Version[..5], "ann", "why", Cancellation));
    }

    [Fact]
    public async Task Of_two_that_keep_a_set_at_the_same_time_neither_loses_that_of_the_other()
    {
        var (one, other) = (Files("# one"), Files("# other"));
        var busy = new BusyDocuments(_ground.Store, () => _ground.Kept.Sets.KeepAsync(Entry(other), other, Cancellation));

        await new KeptSets(busy).KeepAsync(Entry(one), one, Cancellation);

        Assert.Equal(
            new[] { Entry(one).Version, Entry(other).Version }.Order(StringComparer.Ordinal),
            (await _ground.Kept.Sets.ListAsync(Cancellation)).Select(set => set.Version).Order(StringComparer.Ordinal));

        KeptSet Entry(IReadOnlyList<PolicyFile> files) => new(PolicyReader.Read(files).Version, _ground.Time.GetUtcNow(), null, "here", "", 0, 1, null);

        static PolicyFile[] Files(string text) => [new PolicyFile("workloads.yml", Encoding.UTF8.GetBytes(text))];
    }

    public void Dispose() => _ground.Dispose();

    private async Task<PolicyWatch> StartAsync(string tags = "tags: { app: shop }")
    {
        await SamplePolicies.WriteToAsync(_ground.Policies);
        _ground.Edit("workloads.yml", "tags: { app: shop }", tags);
        return _ground.Watch();
    }

    private Task<PolicySet> EditAsync(PolicyWatch watch, string old, string now) => EditAsync(watch, Horizontal, old, now);

    private async Task<PolicySet> EditAsync(PolicyWatch watch, string file, string old, string now)
    {
        _ground.Edit(file, old, now);
        return await _ground.SettledAsync(watch);
    }

    private async Task<T> FleetAsync<T>(Func<FleetRow, T> read) => read(await _ground.Store.ReadFleetAsync(Cancellation));

    private async Task<ApprovalResult> AnswerAsync(string by)
    {
        var desk = new ApprovalDesk(new RowStore(_ground.Store), _ground.Store, new CycleOptions { Worker = "test", ModeCeiling = PolicyMode.Act }, _ground.Time);
        var asked = (await _ground.Store.ReadFleetAsync(Cancellation)).Approvals.Single(each => each.IsPending(_ground.Time.GetUtcNow()));
        return await desk.AnswerAsync(asked.Id, isApproved: true, by, "seen", isBreakGlass: false, Cancellation);
    }

    /// <summary>A state that somebody else writes to between the first look at the list and what is made of it.</summary>
    private sealed class BusyDocuments(IDocumentStore real, Func<Task> meanwhile) : IDocumentStore
    {
        private bool _wasBusy;

        public async Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken)
        {
            var read = await real.ReadDocumentAsync(partition, key, cancellationToken);
            if (key == "sets" && !_wasBusy)
            {
                _wasBusy = true;
                await meanwhile();
            }

            return read;
        }

        public Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken) => real.WriteDocumentAsync(document, cancellationToken);

        public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken) => real.ListDocumentsAsync(partition, cancellationToken);

        public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken) => real.DeleteDocumentAsync(partition, key, cancellationToken);

        public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken) => real.PruneDocumentsAsync(now, cancellationToken);
    }

    /// <summary>A worker that looks, and still sees what there was at its start.</summary>
    private sealed class StoodStill(IPolicyFiles real) : IPolicyFiles
    {
        private string? _stamp;
        private PolicySnapshot? _read;

        public string Place => real.Place;

        public TimeSpan Every => real.Every;

        public async Task<string> StampAsync(CancellationToken cancellationToken) => _stamp ??= await real.StampAsync(cancellationToken);

        public async Task<PolicySnapshot?> ReadAsync(CancellationToken cancellationToken) => _read ??= await real.ReadAsync(cancellationToken);
    }

    private sealed class FailsToRead(IPolicyFiles real) : IPolicyFiles
    {
        public string? Fault { get; set; }

        public string Place => real.Place;

        public TimeSpan Every => real.Every;

        public Task<string> StampAsync(CancellationToken cancellationToken) => real.StampAsync(cancellationToken);

        public Task<PolicySnapshot?> ReadAsync(CancellationToken cancellationToken) =>
            Fault is { } why ? throw new UserErrorException(why) : real.ReadAsync(cancellationToken);
    }
}
