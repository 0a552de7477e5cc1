using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;
using static ScaleFunctions.Core.Cycle.ResourceMarks;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class ResourceMarksTests
{
    private readonly Estate _estate = new([Estate.Target("web")]);

    public static MatrixTheoryData<int, EstateFault> Faults { get; } = new([1, 2, 3, 4], Enum.GetValues<EstateFault>());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_marks_a_resource_we_look_after_until_it_was_passed_on()
    {
        await _estate.MinuteAsync();

        Assert.Equal(Outcome.Marked, await TakeAsync("1"));
        Assert.Equal([("write at 12:05", Id.Key)], (await ReadAsync()).Select(each => (each.Value, each.Key)));

        await _estate.Worker.Marks.ForgetAsync([Id.Key], Cancellation);
        Assert.Empty(await ReadAsync());
    }

    /// <summary>An event may be a megabyte, and its id nearly as much.</summary>
    [Fact]
    public async Task An_id_made_to_be_long_is_known_again_and_not_kept()
    {
        await _estate.MinuteAsync();
        var id = new string('x', 1_000_000);

        Assert.Equal(Outcome.Marked, await TakeAsync(id));
        Assert.Equal(Outcome.Repeated, await TakeAsync(id));
        Assert.Equal(Outcome.Marked, await TakeAsync($"{id}y"));
        Assert.All(_estate.Documents.All, document => Assert.True(document.Key.Length < 1_000));
    }

    [Fact]
    public async Task An_event_that_came_before_is_not_marked_again()
    {
        await _estate.MinuteAsync();
        await TakeAsync("1");
        await _estate.Worker.Marks.ForgetAsync([Id.Key], Cancellation);

        Assert.Equal(Outcome.Repeated, await TakeAsync("1"));
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task An_event_on_a_resource_we_do_not_know_is_let_pass()
    {
        Assert.Equal(Outcome.Foreign, await TakeAsync("1"));
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task A_burst_of_events_on_one_resource_is_one_mark_and_the_first_one_tells()
    {
        await _estate.MinuteAsync();
        foreach (var number in Enumerable.Range(0, 40))
        {
            await TakeAsync($"{number}", what: $"write {number}", name: number % 2 == 0 ? "web" : "WEB");
        }

        Assert.Equal("write 0", Assert.Single(await ReadAsync()).Value);
    }

    [Fact]
    public async Task An_event_of_our_own_write_leaves_no_mark()
    {
        _estate.Set("web").Load = 600;
        await _estate.MinuteAsync();

        Assert.Equal(Outcome.Own, await TakeAsync("1", minute: 0.5));
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task An_event_long_after_our_own_write_is_somebody_elses()
    {
        _estate.Set("web").Load = 420;
        await _estate.MinuteAsync();
        _estate.Pass(5);
        await _estate.MinuteAsync();

        Assert.Equal((7, null), (_estate.Set("web").Capacity, _estate.Row("web").Intent));
        Assert.Equal(Outcome.Marked, await TakeAsync("1", minute: 11));
    }

    [Fact]
    public async Task An_action_that_was_only_written_down_makes_no_event_ours()
    {
        await _estate.Store.WriteTargetsAsync([new TargetRow { Target = Id, Epoch = 1, Intent = Some.Intent() }], Cancellation);

        Assert.Equal(Outcome.Marked, await TakeAsync("1"));
    }

    [Fact]
    public async Task The_words_of_an_event_are_cut_to_a_sentence()
    {
        await _estate.MinuteAsync();
        await TakeAsync("1", what: new string('x', 1_000_000));

        Assert.InRange(Assert.Single(await ReadAsync()).Value.Length, 1, 400);
    }

    [Fact]
    public async Task Drift_is_told_with_the_words_of_the_event()
    {
        await _estate.MinuteAsync();
        _estate.Set("web").ChangeFromOutside();
        await TakeAsync("1", what: "virtualMachineScaleSets/write at 12:01:00");
        await _estate.MinuteAsync();

        var drift = Assert.Single(_estate.Store.Chain(Id), entry => entry.Kind == JournalKind.Drift);
        Assert.Equal("the capacity is 7, not 4, and it was not us: virtualMachineScaleSets/write at 12:01:00", drift.Text);
        Assert.Empty(await ReadAsync());
    }

    /// <summary>An event that was answered with a fault comes again; nothing of it is lost and it is marked once.</summary>
    [Theory, MemberData(nameof(Faults))]
    public async Task A_fault_of_the_store_at_any_call_is_mended_by_the_repetition(int call, EstateFault fault)
    {
        await _estate.MinuteAsync();
        _estate.Fault = (_estate.Calls + call, fault);
        try
        {
            await TakeAsync("1");
        }
        catch (Exception exception) when (exception is StateStoreException or CrashException)
        {
            _estate.Fault = null;
            Assert.Contains(await TakeAsync("1"), (Outcome[])[Outcome.Marked, Outcome.Repeated]);
        }

        Assert.Null(_estate.Fault);
        Assert.Single(await ReadAsync());
        Assert.Equal(Outcome.Repeated, await TakeAsync("1"));
    }

    private static TargetId Id => Estate.Target("web").Id;

    private Task<IReadOnlyDictionary<string, string>> ReadAsync() => _estate.Worker.Marks.ReadAsync(Cancellation);

    private Task<Outcome> TakeAsync(string id, string what = "write at 12:05", double minute = 5, string name = "web") =>
        _estate.Worker.Marks.TakeAsync(id, Estate.Target(name).Id, new ResourceMark(Some.At(minute), what), _estate.Now, Cancellation);
}
