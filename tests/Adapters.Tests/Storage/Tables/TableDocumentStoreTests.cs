using ScaleFunctions.Adapters.Storage.Tables;
using ScaleFunctions.Adapters.Tests.Queues;
using ScaleFunctions.Core.State;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage.Tables;

[Collection(AzuriteGroup.Name)]
public sealed class TableDocumentStoreTests(Azurite azurite) : DocumentStoreContract, IDisposable
{
    private readonly TableSpace _space = new(azurite);

    public void Dispose() => _space.Dispose();

    private protected override IDocumentStore Open() => _space.Open();

    [Fact]
    public async Task Every_character_that_a_key_may_not_have_and_any_other_is_kept_apart()
    {
        var store = Open();
        List<string> keys =
        [
            .. Enumerable.Range(0, 0xA1).Select(code => $"a{(char)code}b"),
            "", "/", "//", ":", "!", "!!", "!002f", "%2F", "ä", "a\u0308", "東京", "🙂", "\u202E", new string('k', 512), new string('k', 5000), new string('k', 5001),
        ];
        await Parallel.ForEachAsync(
            keys, Cancellation, async (key, token) => await store.WriteDocumentAsync(new StoredDocument("p/\\#?\u0001%", key, 0, key, Noon), token));

        Assert.Equal(keys.Order(StringComparer.Ordinal), (await Open().ListDocumentsAsync("p/\\#?\u0001%", Cancellation)).Select(document => document.Key));
        foreach (var key in keys)
        {
            Assert.Equal(new StoredDocument("p/\\#?\u0001%", key, 1, key, Noon), await store.ReadDocumentAsync("p/\\#?\u0001%", key, Cancellation));
        }

        await store.DeleteDocumentAsync("p/\\#?\u0001%", "a/b", Cancellation);
        Assert.Equal(keys.Count - 1, (await Open().ListDocumentsAsync("p/\\#?\u0001%", Cancellation)).Count);
    }

    /// <summary>Each reader of documents goes on without what it cannot read, and writes it anew; one of them must not hide the others.</summary>
    [Fact]
    public async Task A_document_without_its_content_is_empty_and_can_be_written_anew()
    {
        var store = Open();
        await store.WriteDocumentAsync(new StoredDocument("p", "a", 0, "1", Noon), Cancellation);
        await store.WriteDocumentAsync(new StoredDocument("p", "b", 0, "2", Noon), Cancellation);
        var entity = (await _space.EntitiesAsync("document:p")).Single(each => each.RowKey == "a");
        entity.Remove("Json");
        await _space.Raw().UpdateEntityAsync(entity, entity.ETag, Azure.Data.Tables.TableUpdateMode.Replace, Cancellation);

        Assert.Equal(["", "2"], (await Open().ListDocumentsAsync("p", Cancellation)).Select(document => document.Json));
        var damaged = (await Open().ReadDocumentAsync("p", "a", Cancellation))!;
        Assert.IsType<RowWrite.Written>(await Open().WriteDocumentAsync(damaged with { Json = "3" }, Cancellation));
        Assert.Equal("3", (await Open().ReadDocumentAsync("p", "a", Cancellation))?.Json);
    }

    [Fact]
    public async Task A_long_text_is_not_cut_within_a_character()
    {
        var text = $"{new string('x', 31_999)}🙂{new string('y', 32_000)}🙂";
        await Open().WriteDocumentAsync(new StoredDocument("p", "k", 0, text, Noon), Cancellation);

        Assert.Equal(text, (await Open().ReadDocumentAsync("p", "k", Cancellation))!.Json);
    }

    [Fact]
    public async Task A_document_made_anew_under_the_same_version_is_written_as_the_version_says()
    {
        var store = Open();
        await store.WriteDocumentAsync(new StoredDocument("p", "k", 0, "1", Noon), Cancellation);
        var other = Open();
        await other.DeleteDocumentAsync("p", "k", Cancellation);
        await other.WriteDocumentAsync(new StoredDocument("p", "k", 0, "2", Noon), Cancellation);

        Assert.Equal(new RowWrite.Written(2), await store.WriteDocumentAsync(new StoredDocument("p", "k", 1, "3", Noon), Cancellation));
        Assert.Equal("3", (await Open().ReadDocumentAsync("p", "k", Cancellation))!.Json);
    }

    [Fact]
    public async Task More_documents_than_a_page_holds_are_listed_and_pruned()
    {
        const int documents = 1100;
        var store = Open();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, documents),
            Cancellation,
            async (number, token) => await store.WriteDocumentAsync(new StoredDocument("p", $"{number:D5}", 0, "1", Noon), token));
        await store.WriteDocumentAsync(new StoredDocument("p", "stays", 0, "1", Noon.AddHours(1)), Cancellation);

        Assert.Equal(documents + 1, (await Open().ListDocumentsAsync("p", Cancellation)).Count);
        await Open().PruneDocumentsAsync(Noon.AddTicks(1), Cancellation);
        Assert.Equal("stays", Assert.Single(await Open().ListDocumentsAsync("p", Cancellation)).Key);
    }

    [Fact]
    public async Task A_document_written_again_while_it_is_pruned_stays()
    {
        await Open().WriteDocumentAsync(new StoredDocument("p", "k", 0, "1", Noon), Cancellation);
        using var faults = new FaultyHandler(async request =>
        {
            if (request.Method == HttpMethod.Delete)
            {
                await Open().WriteDocumentAsync(new StoredDocument("p", "k", 1, "2", Noon.AddDays(1)), Cancellation);
            }

            return TableFault.None;
        });

        await _space.Open(faults).PruneDocumentsAsync(Noon.AddHours(1), Cancellation);

        Assert.Equal("2", (await Open().ReadDocumentAsync("p", "k", Cancellation))!.Json);
    }

    [Fact]
    public void No_two_texts_have_one_key()
    {
        var letters = new[] { "a", "/", ":", "!", "\u0000", "\uD83D", "\uDE42", "0", "f", "\\", "?" };
        var texts = (from one in letters from two in letters from three in letters from four in letters select one + two + three + four).ToList();

        Assert.Equal(texts.Count, texts.Select(TableKeys.Encode).Distinct().Count());
        Assert.All(texts.Append(new string('ä', 9999)), text => Assert.Matches(@"^[a-zA-Z0-9._:!-]{1,496}\z", TableKeys.Encode(text)));
    }
}
