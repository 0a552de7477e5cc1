using System.Text.Json;
using CsCheck;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Journal;

public sealed class JournalChainTests
{
    [Fact]
    public void A_chain_as_written_has_no_fault() => Assert.Null(JournalChain.FirstFault(Chain().Outbox, Chain()));

    [Fact]
    public void An_empty_chain_has_no_fault() => Assert.Null(JournalChain.FirstFault([], JournalHead.Empty));

    [Fact]
    public void Numbers_its_entries_from_one() => Assert.Equal([1, 2, 3, 4, 5], Chain().Outbox.Select(entry => entry.Sequence));

    [Fact]
    public void Every_dropped_entry_is_found()
    {
        var head = Chain();
        for (var index = 0; index < head.Outbox.Count; index++)
        {
            Assert.NotNull(JournalChain.FirstFault([.. head.Outbox.Where((_, at) => at != index)], head));
        }
    }

    [Fact]
    public void Entries_missing_at_the_end_are_found_by_the_head() =>
        Assert.Equal("the chain ends at entry 3, its row says 5", JournalChain.FirstFault([.. Chain().Outbox.Take(3)], Chain()));

    /// <summary>A worker appends, and moves entries from the outbox into the journal, at any moment between the three reads.</summary>
    [Fact]
    public void A_chain_that_grows_while_it_is_read_has_no_fault() =>
        Gen.Select(Gen.Int[0, 5].Array[4], Gen.Bool).Sample(
            (moments, isBehind) =>
            {
                int[] at = [.. moments.Order()];
                var (told, second) = (at[0], at[3]);
                var (first, read) = isBehind ? (at[2], at[1]) : (at[1], at[2]);
                return JournalChain.FirstFault([.. Chain().Outbox.Take(read)], Head(told, first), Head(told, second)) is null;
            },
            iter: 1000);

    [Fact]
    public void What_is_lost_from_a_chain_that_grows_is_found()
    {
        for (var lost = 0; lost < 4; lost++)
        {
            Assert.NotNull(JournalChain.FirstFault([.. Chain().Outbox.Take(4).Where((_, at) => at != lost)], Head(4, 4), Head(4, 5)));
        }

        Assert.Equal("the chain ends at entry 3, its row says 4", JournalChain.FirstFault([.. Chain().Outbox.Take(3)], Head(4, 4), Head(4, 4)));
    }

    [Fact]
    public void What_no_row_counts_is_found() =>
        Assert.Equal("the chain goes on to entry 5, its row says 4", JournalChain.FirstFault(Chain().Outbox, Head(4, 4), Head(4, 4)));

    /// <summary>The row when so many entries are known to be in the journal, and so many were made.</summary>
    private static JournalHead Head(int told, int made) => made == 0 ? JournalHead.Empty : new JournalHead
    {
        Sequence = made,
        Hash = Chain().Outbox[made - 1].Hash,
        Outbox = [.. Chain().Outbox.Take(made).Skip(told)],
    };

    [Fact]
    public void Swapped_entries_are_found() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4]).Where((one, other) => one != other).Sample(
            (one, other) =>
            {
                var entries = Chain().Outbox.ToArray();
                (entries[one], entries[other]) = (entries[other], entries[one]);

                Assert.NotNull(JournalChain.FirstFault(entries));
            },
            iter: 100);

    [Fact]
    public void Entries_that_swapped_their_numbers_too_are_found()
    {
        var entries = Chain().Outbox.ToArray();
        (entries[1], entries[2]) = (entries[2] with { Sequence = 2 }, entries[1] with { Sequence = 3 });

        Assert.NotNull(JournalChain.FirstFault(entries));
    }

    /// <summary>Whatever character of a stored entry is changed: it is no entry any more, or the chain shows it.</summary>
    [Fact]
    public void Any_changed_character_of_a_stored_entry_is_found() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 10_000], Gen.Char[' ', '~']).Sample(
            (index, position, character) =>
            {
                var entries = Chain().Outbox.ToArray();
                var json = JsonSerializer.Serialize(entries[index], StateJson.Default.JournalEntry).ToCharArray();
                position %= json.Length;
                if (json[position] == character)
                {
                    return;
                }

                json[position] = character;
                if (Parse(new string(json)) is not { } changed || Means(changed, entries[index]))
                {
                    return;
                }

                entries[index] = changed;
                Assert.NotNull(JournalChain.FirstFault(entries, Chain()));
            },
            iter: 3_000);

    [Fact]
    public void Storing_an_entry_keeps_its_hash() =>
        Gen.Select(Gen.String, Gen.String, Gen.Long[0, 3_000_000_000_000_000_000], Gen.Double, Gen.Int[-14, 14]).Sample(
            (actor, text, ticks, seconds, offset) =>
            {
                var at = new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(ticks < 1e18 ? 0 : offset));
                var facts = new EndFacts(7, text, 4, 6, double.IsFinite(seconds) ? seconds : null);
                var head = JournalChain.Append(
                    JournalHead.Empty, "chain", at, JournalKind.IntentEnded, actor, text,
                    JsonSerializer.SerializeToElement(facts, FactsJson.Default.EndFacts));
                var stored = head.Outbox.Select(entry => Parse(JsonSerializer.Serialize(entry, StateJson.Default.JournalEntry))!).ToList();

                Assert.Null(JournalChain.FirstFault(stored, head));
            },
            iter: 10_000);

    /// <summary>JSON has several spellings of the same value: another escape, or the same instant at another offset.</summary>
    private static bool Means(JournalEntry one, JournalEntry other) =>
        one with { Facts = default } == other with { Facts = default } && JsonElement.DeepEquals(one.Facts, other.Facts);

    private static JournalEntry? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StateJson.Default.JournalEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JournalHead Chain()
    {
        var head = JournalHead.Empty;
        for (var number = 1; number <= 5; number++)
        {
            head = JournalChain.Append(
                head, "chain", Some.At(number), JournalKind.IntentSent, "worker-1", $"sending {number}",
                JsonSerializer.SerializeToElement(new PhaseFacts(number, 4, 6, null), FactsJson.Default.PhaseFacts));
        }

        return head;
    }
}
