namespace ScaleFunctions.App.Tests.Commands;

/// <summary>What <c>history --verify</c> finds when somebody has been at the state, the row of the target included.</summary>
public sealed class JournalProofTests(JournalProofTests.RunOfAnHour run) : IClassFixture<JournalProofTests.RunOfAnHour>
{
    private const string Open = "DROP TRIGGER journal_stays; DROP TRIGGER journal_keeps; ";

    private const string Row = "UPDATE targets SET json = json_set(json, '$.journal.sequence', 2, '$.journal.hash', (SELECT hash FROM journal WHERE chain LIKE '%/web' AND sequence = 2), '$.journal.outbox', json('[]')) WHERE key LIKE '%/web';";

    [Theory]
    [InlineData("web", "was changed", "UPDATE journal SET json = json_set(json, '$.text', 'nothing') WHERE chain LIKE '%/web' AND sequence = 2;")]
    [InlineData("web", "entry 3 of ", "DELETE FROM journal WHERE chain LIKE '%/web' AND sequence = 3;")]
    [InlineData("web", "the chain ends at entry ", "DELETE FROM journal WHERE chain LIKE '%/web' AND sequence = (SELECT max(sequence) FROM journal WHERE chain LIKE '%/web');")]
    [InlineData("web", "which there was when the ends were last written down, is missing", "DELETE FROM journal WHERE chain LIKE '%/web' AND sequence > 2; " + Row)]
    [InlineData("web", "and so is the whole chain", "DELETE FROM journal WHERE chain LIKE '%/web'; DELETE FROM targets WHERE key LIKE '%/web';")]
    [InlineData("web", "its row is missing; it had come to entry ", "DELETE FROM targets WHERE key LIKE '%/web';")]
    [InlineData("fleet", "were changed or are missing", "DELETE FROM documents WHERE partition LIKE 'anchor/%';")]
    [InlineData("fleet", "were changed or are missing", "UPDATE documents SET json = replace(json, '\"sequence\":', '\"sequence\":1') WHERE partition LIKE 'anchor/%';")]
    [InlineData("fleet", "were changed or are missing", "UPDATE documents SET json = '{\"ends' WHERE partition LIKE 'anchor/%';")]
    [InlineData("fleet", "were changed or are missing", "UPDATE documents SET json = 'null' WHERE partition LIKE 'anchor/%';")]
    [InlineData("web", "entry 2 of ", "UPDATE journal SET chain = 'x' WHERE chain LIKE '%/web' AND sequence = 2;")]
    [InlineData("x", "its row is missing, and 1 of its entries", "UPDATE journal SET chain = 'x' WHERE chain LIKE '%/web' AND sequence = 2;")]
    [InlineData("web", "entry 2 of ", "UPDATE journal SET kind = 'Pause' WHERE chain LIKE '%/web' AND sequence = 2;")]
    [InlineData("web", "entry 2 of ", "UPDATE journal SET hash = '00' WHERE chain LIKE '%/web' AND sequence = 2;")]
    [InlineData("web", "entry 2 of ", "UPDATE journal SET at = at + 1 WHERE chain LIKE '%/web' AND sequence = 2;")]
    [InlineData("web", "its row is missing, and ", "DELETE FROM targets WHERE key LIKE '%/web'; UPDATE fleet SET json = json_remove(json, '$.anchor'); DELETE FROM documents WHERE partition LIKE 'anchor%';")]
    [InlineData("fleet", "were written down 1 times", "DELETE FROM journal WHERE chain = 'fleet'; UPDATE fleet SET json = json_remove(json_set(json, '$.journal.sequence', 0, '$.journal.hash', ''), '$.anchor');")]
    public async Task What_was_changed_cut_or_taken_away_is_found(string target, string fault, string sql)
    {
        await using var place = new Workplace();
        Copy(place);

        var whole = (await place.RunAsync("history --verify --state st --format json")).ShouldBe(0).Json();
        Assert.Contains(whole.EnumerateArray(), line => line.GetProperty("target").GetString() == "web" && line.GetProperty("entries").GetInt32() > 3);

        await StateFiles.ChangeAsync(place.File("st"), Open + sql);

        var lines = (await place.RunAsync("history --verify --state st --format json")).ShouldBe(1).Json().EnumerateArray().ToList();
        Assert.Contains(fault, lines.Single(line => line.GetProperty("target").GetString() == target).GetProperty("fault").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_for_one_chain_hears_that_the_ends_of_all_are_gone()
    {
        await using var place = new Workplace();
        Copy(place);
        await StateFiles.ChangeAsync(place.File("st"), Open + "DELETE FROM documents WHERE partition LIKE 'anchor/%'; DELETE FROM journal WHERE chain LIKE '%/web' AND sequence > 2; " + Row);

        var lines = (await place.RunAsync("history web --verify --state st --format json")).ShouldBe(1).Json().EnumerateArray().ToList();

        Assert.Contains("were changed or are missing", lines.Single(line => line.GetProperty("target").GetString() == "fleet").GetProperty("fault").GetString(), StringComparison.Ordinal);
    }

    private void Copy(Workplace place)
    {
        Directory.CreateDirectory(place.File("st"));
        foreach (var file in Directory.GetFiles(run.State))
        {
            File.Copy(file, Path.Combine(place.File("st"), Path.GetFileName(file)));
        }
    }

    /// <summary>The state of one run for all: an hour passes, so that the ends of the chains were written down once.</summary>
    public sealed class RunOfAnHour : IAsyncLifetime
    {
        private readonly Workplace _place = new();

        public string State => _place.File("st");

        public async ValueTask InitializeAsync() => (await _place.RunAsync("--duration 70m --port 0 --speed 0 --state st")).ShouldBe(0);

        public ValueTask DisposeAsync() => _place.DisposeAsync();
    }
}
