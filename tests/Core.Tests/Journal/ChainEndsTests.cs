using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.Core.Tests.Journal;

public sealed class ChainEndsTests
{
    private static readonly ChainEnd Web = new("web", 5, "h5");

    [Fact]
    public void A_chain_that_has_grown_goes_on()
    {
        var (ends, faults) = ChainEnds.Follow([Web], [Web with { Sequence = 7, Hash = "h7" }, new ChainEnd("api", 1, "a1")]);

        Assert.Empty(faults);
        Assert.Equal([new ChainEnd("api", 1, "a1"), new ChainEnd("web", 7, "h7")], ends);
    }

    [Fact]
    public void One_that_is_missing_cut_or_another_is_told_and_not_forgotten()
    {
        Assert.Equal("the chain web had come to entry 5, and is missing", Assert.Single(Fault([])));
        Assert.Equal("the chain web had come to entry 5, and ends at 4 now", Assert.Single(Fault([Web with { Sequence = 4 }])));
        Assert.Equal("entry 5 of web is another one than it was", Assert.Single(Fault([Web with { Hash = "x" }])));

        static IReadOnlyList<string> Fault(IReadOnlyList<ChainEnd> now)
        {
            var (ends, faults) = ChainEnds.Follow([Web], now);
            Assert.Equal([Web], ends);
            return faults;
        }
    }

    [Fact]
    public void Each_part_of_the_ends_is_in_their_hash()
    {
        var hash = ChainEnds.HashOf(1, [Web]);

        Assert.Equal(hash, ChainEnds.HashOf(1, [new ChainEnd("web", 5, "h5")]));
        Assert.All(
            (IReadOnlyList<ChainEnd>[])[[], [Web, Web], [Web with { Chain = "wep" }], [Web with { Sequence = 6 }], [Web with { Hash = "h6" }]],
            others => Assert.NotEqual(hash, ChainEnds.HashOf(1, others)));
        Assert.NotEqual(hash, ChainEnds.HashOf(2, [Web]));
    }
}
