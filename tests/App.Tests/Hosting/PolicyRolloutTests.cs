using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>A changed set of policies that counts for rings of resources first, over restarts and several workers. Sets 0 to 4 are the canaries.</summary>
public sealed class PolicyRolloutTests : IDisposable
{
    private const string Horizontal = "horizontal-scaling.yml";

    private const string Rollout =
        """
        apiVersion: scalefunctions/v1
        kind: Guardrails
        metadata: { name: platform }
        spec:
          rollout:
            rings:
              - { name: canary, select: { tags: { ring: canary } }, soak: 1h }
              - { name: most, share: 99%, soak: 2h }
        """;

    private readonly PolicyGround _ground = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_set_decides_for_the_first_ring_and_the_set_before_it_for_all_others()
    {
        using var watch = await StartAsync();
        var before = await watch.CurrentAsync(Cancellation);

        var policies = await EditAsync(watch, "maximum: 12", "maximum: 11");

        Assert.Equal("11 11 11 11 11 12 12 12 12 12", await MaximaAsync(policies));
        Assert.Equal((before.Version, "canary"), await FleetAsync(fleet => (fleet.PolicyVersion, fleet.Rollout!.Current.Name)));
        var list = (await _ground.Desk.ListAsync(Cancellation)).Sets;
        Assert.Equal([(before.Version, PolicySetStatus.InForce, false), (policies.Rollout!.Next.Version, PolicySetStatus.RollingOut, true)], list.Select(set => (set.Version, set.Status, set.IsLatest)));
        Assert.Equal("spec.instances.maximum", Assert.Single((await _ground.Desk.CompareAsync(null, PolicyDesk.Next, _ => null, Cancellation)).Differences).Field);
        await _ground.SettledAsync(watch);
        Assert.Single(await _ground.JournalAsync(), text => text.Contains("for the ring 'canary' first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_goes_on_where_it_was_over_restarts_until_it_counts_for_all()
    {
        string next;
        using (var watch = await StartAsync())
        {
            next = (await EditAsync(watch, "maximum: 12", "maximum: 11")).Rollout!.Next.Version;
        }

        using (var second = _ground.Watch())
        {
            Assert.Equal("11 11 11 11 11 12 12 12 12 12", await MaximaAsync(await second.CurrentAsync(Cancellation)));
            await PromoteAsync();
            Assert.Equal("11 11 11 11 11 11 11 11 11 11", await MaximaAsync(await _ground.SettledAsync(second)));
            Assert.NotNull(await FleetAsync(fleet => fleet.Rollout));
        }

        using (var third = _ground.Watch())
        {
            Assert.NotNull((await third.CurrentAsync(Cancellation)).Rollout);
            await PromoteAsync();
            var all = await _ground.SettledAsync(third);
            Assert.Equal((next, null), (all.Version, all.Rollout));
        }

        using var last = _ground.Watch();
        Assert.Equal(next, (await last.CurrentAsync(Cancellation)).Version);
        Assert.Equal((next, null), await FleetAsync(fleet => (fleet.PolicyVersion, fleet.Rollout)));
        Assert.Equal(next, (await _ground.Kept.ReadAsync(Cancellation))?.Policies.Version);
    }

    /// <summary>The process ends between the row that says "all" and the files that are kept as the last good ones.</summary>
    [Fact]
    public async Task A_set_that_came_to_all_while_nobody_ran_does_not_begin_again()
    {
        using (var watch = await StartAsync())
        {
            await EditAsync(watch, "maximum: 12", "maximum: 11");
        }

        await PromoteAsync(isToAll: true);
        using var again = _ground.Watch();

        Assert.Equal("11 11 11 11 11 11 11 11 11 11", await MaximaAsync(await again.CurrentAsync(Cancellation)));
        Assert.Null(await FleetAsync(fleet => fleet.Rollout));
    }

    [Fact]
    public async Task Workers_whose_files_are_older_go_by_the_row_and_change_nothing_in_it()
    {
        using var watch = await StartAsync();
        await watch.CurrentAsync(Cancellation);
        using var behind = _ground.Watch(new StoodStill(new DirectoryPolicies(_ground.Policies)));
        await behind.CurrentAsync(Cancellation);

        await EditAsync(watch, "maximum: 12", "maximum: 11");

        Assert.Equal("11 11 11 11 11 12 12 12 12 12", await MaximaAsync(await _ground.SettledAsync(behind)));
        var third = await EditAsync(watch, "maximum: 11", "maximum: 10");
        Assert.Equal("10 10 10 10 10 12 12 12 12 12", await MaximaAsync(await _ground.SettledAsync(behind)));
        Assert.Equal(third.Rollout!.Next.Version, (await _ground.SettledAsync(watch)).Rollout!.Next.Version);
        Assert.Equal(2, (await _ground.JournalAsync()).Count(text => text.Contains("for the ring 'canary' first", StringComparison.Ordinal)));
        await PromoteAsync();
        Assert.Equal((1, 1), ((await _ground.SettledAsync(behind)).Rollout!.Reached, (await _ground.SettledAsync(watch)).Rollout!.Reached));
    }

    /// <summary>A worker that wants a set which is not the newest any more must not put it back into the first ring, again and again.</summary>
    [Fact]
    public async Task A_worker_that_still_wants_the_second_set_leaves_the_third_where_it_is()
    {
        using var watch = await StartAsync();
        await watch.CurrentAsync(Cancellation);
        var files = new StoodStill(new DirectoryPolicies(_ground.Policies)) { Stands = false };
        using var behind = _ground.Watch(files);
        await behind.CurrentAsync(Cancellation);
        await EditAsync(watch, "maximum: 12", "maximum: 11");
        await _ground.SettledAsync(behind);
        files.Stands = true;

        var third = await EditAsync(watch, "maximum: 11", "maximum: 10");
        for (var look = 0; look < 3; look++)
        {
            await _ground.SettledAsync(behind);
            Assert.Equal(third.Rollout!.Next.Version, (await _ground.SettledAsync(watch)).Rollout!.Next.Version);
        }

        Assert.Equal("10 10 10 10 10 12 12 12 12 12", await MaximaAsync(await _ground.SettledAsync(behind)));
    }

    [Fact]
    public async Task A_third_set_begins_in_the_first_ring_and_is_compared_with_the_set_before()
    {
        using var watch = await StartAsync();
        var before = await watch.CurrentAsync(Cancellation);
        await EditAsync(watch, "maximum: 12", "maximum: 11");
        await PromoteAsync();

        var third = await EditAsync(watch, "maximum: 11", "maximum: 10");

        Assert.Equal("10 10 10 10 10 12 12 12 12 12", await MaximaAsync(third));
        Assert.Equal((before.Version, 0), await FleetAsync(fleet => (fleet.Rollout!.Before, fleet.Rollout.Ring)));
    }

    [Fact]
    public async Task Files_that_say_what_was_in_force_before_end_it_at_once()
    {
        using var watch = await StartAsync();
        var before = await watch.CurrentAsync(Cancellation);
        await EditAsync(watch, "maximum: 12", "maximum: 11");

        var back = await EditAsync(watch, "maximum: 11", "maximum: 12");

        Assert.Equal((before.Version, null), (back.Version, back.Rollout));
        Assert.Null(await FleetAsync(fleet => fleet.Rollout));
        Assert.Single(await _ground.JournalAsync(), text => text.EndsWith("is over: the policy files say again what was in force before", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_halted_counts_for_nobody_over_restarts_until_a_person_promotes_it()
    {
        using (var watch = await StartAsync())
        {
            await EditAsync(watch, "maximum: 12", "maximum: 11");
            await ChangeAsync(row => row.HaltRollout("ann", "flaps", _ground.Time.GetUtcNow()));
            Assert.Equal("12 12 12 12 12 12 12 12 12 12", await MaximaAsync(await _ground.SettledAsync(watch)));
            Assert.Equal(PolicySetStatus.Halted, (await _ground.Desk.ListAsync(Cancellation)).Sets.Single(set => set.IsLatest).Status);
        }

        using var again = _ground.Watch();
        Assert.Equal("12 12 12 12 12 12 12 12 12 12", await MaximaAsync(await _ground.SettledAsync(again)));
        await PromoteAsync();

        Assert.Equal("11 11 11 11 11 12 12 12 12 12", await MaximaAsync(await _ground.SettledAsync(again)));
    }

    /// <summary>The tick finds it, and the next look knows it: no worker has to be told.</summary>
    [Fact]
    public async Task A_criterion_that_is_breached_gives_all_the_set_before_again()
    {
        using var watch = await StartAsync();
        await EditAsync(watch, "maximum: 12", "maximum: 11");

        await ChangeAsync(row => row.Look(row.Rollout!, new RingCount(_ground.Time.GetUtcNow(), 5, 5, 5, 1, 1, 0, 0, 0), counts: true, _ground.Time.GetUtcNow(), "worker"));

        Assert.Equal("12 12 12 12 12 12 12 12 12 12", await MaximaAsync(await _ground.SettledAsync(watch)));
        Assert.StartsWith("failed: 1 of 5", await FleetAsync(fleet => fleet.Rollout!.Halt?.Why), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_person_chooses_counts_for_all_at_once_and_ends_it()
    {
        using var watch = await StartAsync();
        var before = await watch.CurrentAsync(Cancellation);
        var next = (await EditAsync(watch, "maximum: 12", "maximum: 11")).Rollout!.Next.Version;

        await _ground.Desk.ActivateAsync(before.Version, "ann", "flaps", Cancellation);
        Assert.Equal((before.Version, null), (await _ground.SettledAsync(watch)) is var back ? (back.Version, back.Rollout) : default);
        Assert.Null(await FleetAsync(fleet => fleet.Rollout));

        await _ground.Desk.ActivateAsync(next, "ann", "sure", Cancellation);
        Assert.Equal((next, null), (await _ground.SettledAsync(watch)) is var forth ? (forth.Version, forth.Rollout) : default);
    }

    /// <summary>The files say it already, and a ring has it, or had it before it was halted: who names it means all.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_set_that_is_on_its_way_counts_for_all_when_a_person_chooses_it(bool isHalted)
    {
        using var watch = await StartAsync();
        var next = (await EditAsync(watch, "maximum: 12", "maximum: 11")).Rollout!.Next.Version;
        await ChangeAsync(row => isHalted ? row.HaltRollout("ann", "flaps", _ground.Time.GetUtcNow()) : row);
        await _ground.SettledAsync(watch);

        await _ground.Desk.ActivateAsync(next, "ann", "sure", Cancellation);

        Assert.Equal((next, null), (await _ground.SettledAsync(watch)) is var all ? (all.Version, all.Rollout) : default);
        Assert.Equal("11 11 11 11 11 11 11 11 11 11", await MaximaAsync(await _ground.SettledAsync(watch)));
        Assert.Equal((next, null), await FleetAsync(fleet => (fleet.PolicyVersion, fleet.Rollout)));
    }

    /// <summary>Nobody named that set: it is an edit that waited.</summary>
    [Fact]
    public async Task What_the_files_say_goes_through_the_rings_when_a_choice_ends()
    {
        using var watch = await StartAsync();
        var before = await watch.CurrentAsync(Cancellation);
        await EditAsync(watch, "maximum: 12", "maximum: 11");
        await _ground.Desk.ActivateAsync(before.Version, "ann", "flaps", Cancellation);
        await _ground.SettledAsync(watch);

        await _ground.Desk.ActivateAsync(PolicyDesk.Latest, "bob", "mended", Cancellation);

        Assert.Equal("11 11 11 11 11 12 12 12 12 12", await MaximaAsync(await _ground.SettledAsync(watch)));
    }

    [Fact]
    public async Task A_change_cannot_make_its_own_ring_larger_and_a_set_that_declares_the_first_rings_goes_through_them()
    {
        using var watch = await StartAsync();
        await watch.CurrentAsync(Cancellation);
        _ground.Edit("guardrails.yml", "ring: canary", "app: shop");
        Assert.Equal("11 11 11 11 11 12 12 12 12 12", await MaximaAsync(await EditAsync(watch, "maximum: 12", "maximum: 11")));

        File.Delete(Path.Combine(_ground.Policies, "guardrails.yml"));
        await _ground.SettledAsync(watch);
        await ChangeAsync(row => row.Narrowing is null ? row : row.ConfirmNarrowing("bob"));
        await _ground.SettledAsync(watch);
        Assert.Equal(0, await FleetAsync(fleet => fleet.Rollout!.Ring));
        await PromoteAsync(isToAll: true);
        Assert.Null((await _ground.SettledAsync(watch)).Rings);
        await File.WriteAllTextAsync(Path.Combine(_ground.Policies, "guardrails.yml"), Rollout, Cancellation);

        Assert.Equal("9 9 9 9 9 11 11 11 11 11", await MaximaAsync(await EditAsync(watch, "maximum: 11", "maximum: 9")));
    }

    [Fact]
    public async Task A_set_that_governs_far_less_waits_first_and_then_goes_through_the_rings()
    {
        using var watch = await StartAsync();
        await watch.CurrentAsync(Cancellation);

        var policies = await EditAsync(watch, "app: shop", "app: shop, ring: canary", "workloads.yml");
        Assert.Equal((null, 5), (policies.Rollout, await FleetAsync(fleet => fleet.Narrowing?.Loss.Missing)));
        await ChangeAsync(row => row.ConfirmNarrowing("bob"));

        Assert.Equal(0, (await _ground.SettledAsync(watch)).Rollout?.Reached);
        Assert.Null(await FleetAsync(fleet => fleet.Narrowing));
        Assert.Single(await _ground.JournalAsync(), text => text.EndsWith("are in force, as bob approved", StringComparison.Ordinal));

        // It was asked for once, and a restart asks nobody again.
        using var again = _ground.Watch();
        Assert.Equal(0, (await _ground.SettledAsync(again)).Rollout?.Reached);
        Assert.Null(await FleetAsync(fleet => fleet.Narrowing));
        await PromoteAsync(isToAll: true);
        Assert.Null((await _ground.SettledAsync(again)).Rollout);
        Assert.Null(await FleetAsync(fleet => fleet.Narrowing));
    }

    /// <summary>The third set has an hour or a person to wait for; the second one goes on meanwhile, and is what the third is weighed against then.</summary>
    [Fact]
    public async Task A_set_that_waits_for_a_person_does_not_keep_the_one_before_it_from_coming_to_all()
    {
        using var watch = await StartAsync();
        var second = (await EditAsync(watch, "maximum: 12", "maximum: 11")).Rollout!.Next.Version;
        Assert.Equal("11 11 11 11 11 12 12 12 12 12", await MaximaAsync(await EditAsync(watch, "app: shop", "app: shop, ring: canary", "workloads.yml")));

        await PromoteAsync(isToAll: true);

        var all = await _ground.SettledAsync(watch);
        Assert.Equal((second, null, 5), (all.Version, all.Rollout, await FleetAsync(fleet => fleet.Narrowing?.Loss.Missing)));
        Assert.Equal((second, null), await FleetAsync(fleet => (fleet.PolicyVersion, fleet.Rollout)));
        Assert.Single(await _ground.JournalAsync(), text => text.Contains("the set before them stays in force until", StringComparison.Ordinal));
        await ChangeAsync(row => row.ConfirmNarrowing("bob"));
        Assert.Equal((second, 0), (await _ground.SettledAsync(watch)) is var ringed ? (ringed.Version, ringed.Rollout?.Reached) : default);
    }

    /// <summary>It must not take the set before back to its resources, nor begin to roll that one out as if somebody wanted it.</summary>
    [Fact]
    public async Task A_worker_whose_files_are_older_has_the_set_that_came_to_all_as_well()
    {
        using var watch = await StartAsync();
        using var behind = _ground.Watch(new StoodStill(new DirectoryPolicies(_ground.Policies)));
        await behind.CurrentAsync(Cancellation);
        var next = (await EditAsync(watch, "maximum: 12", "maximum: 11")).Rollout!.Next.Version;
        await _ground.SettledAsync(behind);

        await PromoteAsync(isToAll: true);

        Assert.Equal((next, null), (await _ground.SettledAsync(behind)) is var late ? (late.Version, late.Rollout) : default);
        Assert.Equal((next, null), (await _ground.SettledAsync(watch)) is var here ? (here.Version, here.Rollout) : default);
        await _ground.SettledAsync(behind);
        Assert.Equal((next, null), await FleetAsync(fleet => (fleet.PolicyVersion, fleet.Rollout)));
    }

    [Fact]
    public async Task Files_that_cannot_be_used_leave_it_as_it_is_and_it_is_read_from_those_that_are_kept()
    {
        using (var watch = await StartAsync())
        {
            await EditAsync(watch, "maximum: 12", "maximum: 11");
            Assert.Equal("11 11 11 11 11 12 12 12 12 12", await MaximaAsync(await EditAsync(watch, "maximum: 11", "maximum: none")));
        }

        using var again = _ground.Watch();
        Assert.Equal("11 11 11 11 11 12 12 12 12 12", await MaximaAsync(await _ground.SettledAsync(again)));
    }

    [Fact]
    public async Task When_the_changed_set_can_be_read_nowhere_it_ends_and_begins_anew_with_the_files()
    {
        string next;
        using (var watch = await StartAsync())
        {
            next = (await EditAsync(watch, "maximum: 12", "maximum: 11")).Rollout!.Next.Version;
            await EditAsync(watch, "maximum: 11", "maximum: none");
        }

        await PromoteAsync();
        await DamageAsync($"set-{next}");
        using var again = _ground.Watch();
        Assert.Equal("12 12 12 12 12 12 12 12 12 12", await MaximaAsync(await _ground.SettledAsync(again)));
        Assert.Null(await FleetAsync(fleet => fleet.Rollout));

        var anew = await EditAsync(again, "maximum: none", "maximum: 11");

        Assert.Equal((next, 0), (anew.Rollout!.Next.Version, anew.Rollout.Reached));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_set_before_is_found_among_those_that_are_kept_and_without_it_there_is_nothing_to_roll_out_from(bool isLost)
    {
        string before;
        using (var watch = await StartAsync())
        {
            before = (await watch.CurrentAsync(Cancellation)).Version;
            await EditAsync(watch, "maximum: 12", "maximum: 11");
        }

        await DamageAsync("last-good");
        if (isLost)
        {
            await DamageAsync($"set-{before}");
        }

        using var again = _ground.Watch();

        Assert.Equal(isLost ? "11 11 11 11 11 11 11 11 11 11" : "11 11 11 11 11 12 12 12 12 12", await MaximaAsync(await _ground.SettledAsync(again)));
        Assert.Equal(isLost, await FleetAsync(fleet => fleet.Rollout is null));
    }

    /// <summary>After a week on files that nobody has seen to be right, both sets only observe.</summary>
    [Fact]
    public async Task Both_sets_only_observe_once_the_last_good_one_does()
    {
        using var watch = await StartAsync();
        await EditAsync(watch, "maximum: 12", "maximum: 11");
        await EditAsync(watch, "maximum: 11", "maximum: none");
        _ground.Time.Ahead += PolicyTrouble.ActsFor;

        var policies = await watch.CurrentAsync(Cancellation);

        Assert.All(
            (await _ground.ListAsync(Cancellation)).Targets,
            target => Assert.Equal(PolicyMode.Observe, Assert.IsType<TargetPolicies.Resolved>(policies.For(target)).Workload.Mode));
    }

    public void Dispose() => _ground.Dispose();

    private async Task<PolicyWatch> StartAsync()
    {
        await SamplePolicies.WriteToAsync(_ground.Policies);
        await File.WriteAllTextAsync(Path.Combine(_ground.Policies, "guardrails.yml"), Rollout, Cancellation);
        var watch = _ground.Watch();
        await watch.CurrentAsync(Cancellation);
        return watch;
    }

    private async Task<PolicySet> EditAsync(PolicyWatch watch, string old, string now, string file = Horizontal)
    {
        _ground.Edit(file, old, now);
        return await _ground.SettledAsync(watch);
    }

    /// <summary>The maximum that holds for each of the ten sets.</summary>
    private async Task<string> MaximaAsync(PolicySet policies) =>
        string.Join(' ', (await _ground.ListAsync(Cancellation)).Targets.Select(target => Assert.IsType<TargetPolicies.Resolved>(policies.For(target)).Horizontal.Maximum));

    private Task PromoteAsync(bool isToAll = false) => ChangeAsync(row => row.PromoteRollout(isToAll, "ann", "why", _ground.Time.GetUtcNow()));

    private async Task ChangeAsync(Func<FleetRow, FleetRow> change) => await new RowStore(_ground.Store).ChangeFleetAsync(change, Cancellation);

    private async Task DamageAsync(string key) =>
        await _ground.Store.WriteDocumentAsync((await _ground.Store.ReadDocumentAsync("policies", key, Cancellation))! with { Json = "{" }, Cancellation);

    private async Task<T> FleetAsync<T>(Func<FleetRow, T> read) => read(await _ground.Store.ReadFleetAsync(Cancellation));

    /// <summary>A worker that looks, and still sees what there was when it last moved on.</summary>
    private sealed class StoodStill(IPolicyFiles real) : IPolicyFiles
    {
        private string? _stamp;
        private PolicySnapshot? _read;

        public bool Stands { get; set; } = true;

        public string Place => real.Place;

        public TimeSpan Every => real.Every;

        public async Task<string> StampAsync(CancellationToken cancellationToken) => Stands && _stamp is not null ? _stamp : _stamp = await real.StampAsync(cancellationToken);

        public async Task<PolicySnapshot?> ReadAsync(CancellationToken cancellationToken) => Stands && _read is not null ? _read : _read = await real.ReadAsync(cancellationToken);
    }
}
