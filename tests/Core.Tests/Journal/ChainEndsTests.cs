using System.Text.Json;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Tests.Builders;

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

    /// <summary>Who rewrites a chain with hashes that fit each other cannot give the entry that was written down the hash it had.</summary>
    [Fact]
    public void An_entry_that_was_written_anew_is_not_the_one_that_was_written_down()
    {
        var entry = Assert.Single(JournalChain.Append(JournalHead.Empty, "web", Some.Noon, JournalKind.IntentSent, "ann", "paused", JsonSerializer.SerializeToElement("look")).Outbox);
        var end = new ChainEnd("web", entry.Sequence, entry.Hash);

        Assert.Null(ChainEnds.Fault(end, [entry]));
        Assert.EndsWith("is another one than when the ends were last written down", ChainEnds.Fault(end with { Hash = "x" }, [entry]), StringComparison.Ordinal);
        Assert.EndsWith("is missing", ChainEnds.Fault(end with { Sequence = 9 }, [entry]), StringComparison.Ordinal);
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
