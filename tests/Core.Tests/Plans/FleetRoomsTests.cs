using CsCheck;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans;

public sealed class FleetRoomsTests
{
    private const int Cases = 10_000;

    private static readonly PriceList Prices = new(
        "EUR", new DateOnly(2026, 11, 1), [KeyValuePair.Create("Standard_D4s_v5", 0.2m), KeyValuePair.Create("Standard_E*", 0.5m)]);

    [Fact]
    public void What_is_left_is_the_cap_less_what_is_there_and_never_below_nothing()
    {
        FleetMember[] members = [new("web", "Standard_D4s_v5", 10), new("web", "Standard_E8", 4), new("other", "Standard_E8", 99)];

        Assert.Equal([new FleetRoom("platform", 6, 6m)], FleetRooms.Of([Guardrails(20, 10) with { Workloads = ["web"] }], members));
        Assert.Equal([new FleetRoom("platform", 0, 0m)], FleetRooms.Of([Guardrails(12, 3) with { Workloads = ["web"] }], members));
        Assert.Equal([new FleetRoom("platform", 7, null)], FleetRooms.Of([Guardrails(120, null)], members));
    }

    [Fact]
    public void Six_more_over_three_batches_are_two_each_and_the_seventh_goes_round()
    {
        var batches = Batches(1, 1, 1);

        Assert.Equal([2, 2, 2], Deal(6, batches, 0));
        Assert.Equal([3, 2, 2], Deal(7, batches, 0));
        Assert.Equal([2, 3, 2], Deal(7, batches, 1));
        Assert.Equal([2, 2, 3], Deal(7, batches, 2));
        Assert.Equal([0, 1, 0], Deal(1, batches, 1));
    }

    [Fact]
    public void Money_is_dealt_so_that_each_share_buys_an_instance() => Assert.Equal(
        [0.5m, 0.7m],
        FleetRooms.Deal(new FleetRoom("platform", null, 1.2m), Guardrails(null, 9), [[Member("Standard_E8")], [Member("Standard_D4s_v5")]], 1).Select(room => room.Spend!.Value));

    [Fact]
    public void Batches_together_get_no_more_than_there_is_and_none_that_has_nothing_to_scale_gets_any() => Gen.Select(
        Gen.Int[0, 500], Gen.Int[0, 5000], Gen.Int[0, 6].Array[1, 12], Gen.Long[0, 1_000_000]).Sample(
        (instances, cents, sizes, turn) =>
        {
            var spend = cents / 100m;
            var dealt = FleetRooms.Deal(new FleetRoom("platform", instances, spend), Guardrails(9, 9), Batches(sizes), turn);
            var isAnybody = sizes.Any(size => size > 0);
            return dealt.Sum(room => room.Instances!.Value) == (isAnybody ? instances : 0)
                && dealt.Sum(room => room.Spend!.Value) <= spend
                && (!isAnybody || dealt.Sum(room => room.Spend!.Value) > spend - 0.01m)
                && dealt.Zip(sizes).All(each => each.Second > 0 || each.First is { Instances: 0, Spend: 0 });
        },
        iter: Cases);

    [Fact]
    public void In_as_many_turns_as_there_are_batches_each_may_add_one() => Gen.Int[1, 12].Sample(
        count => Enumerable.Range(0, count)
            .Select(turn => Deal(1, Batches([.. Enumerable.Repeat(1, count)]), turn))
            .Aggregate(new int[count], (sum, turn) => [.. sum.Zip(turn, (one, other) => one + other)])
            .All(total => total == 1),
        iter: 100);

    [Theory]
    [InlineData("Standard_D4s_v5", "0.2"), InlineData("standard_d4S_V5", "0.2"), InlineData("Standard_E8", "0.5"), InlineData("Standard_F2", null)]
    public void A_price_is_that_of_the_size_or_of_a_pattern_and_otherwise_unknown(string sku, string? price) =>
        Assert.Equal(price is null ? null : decimal.Parse(price), Prices.Of(sku));

    [Fact]
    public void Of_a_size_and_patterns_that_fit_the_closest_counts()
    {
        var prices = Prices with { PerHour = [new("Standard_*", 9m), new("Standard_D*", 8m), new("Standard_D4", 7m)] };

        Assert.Equal([7m, 8m, 9m], new[] { "Standard_D4", "Standard_D8", "Standard_E8" }.Select(sku => prices.Of(sku)!.Value));
    }

    private static IEnumerable<int> Deal(int instances, IReadOnlyList<IReadOnlyList<FleetMember>> batches, long turn) =>
        FleetRooms.Deal(new FleetRoom("platform", instances, null), Guardrails(9, null), batches, turn).Select(room => room.Instances!.Value);

    private static IReadOnlyList<IReadOnlyList<FleetMember>> Batches(params int[] sizes) =>
        [.. sizes.Select(size => (IReadOnlyList<FleetMember>)[.. Enumerable.Repeat(Member("Standard_D4s_v5"), size)])];

    private static FleetMember Member(string sku) => new("web", sku, 1);

    private static GuardrailsPolicy Guardrails(int? instances, decimal? spend) => new()
    {
        Name = "platform",
        Fleet = new FleetCaps(instances, spend),
        Prices = Prices,
        Source = Some.Source,
    };
}
