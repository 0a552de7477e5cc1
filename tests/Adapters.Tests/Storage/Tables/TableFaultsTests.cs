using System.Collections.Concurrent;
using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Storage.Tables;
using ScaleFunctions.Adapters.Tests.Queues;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Connections;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage.Tables;

/// <summary>What was answered is compared with what then is in the table, through a connection without faults.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class TableFaultsTests(Azurite azurite) : IDisposable
{
    private readonly TableSpace _space = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<TableFault> Faults => [.. Enum.GetValues<TableFault>()];

    public void Dispose() => _space.Dispose();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_write_that_met_one_fault_is_written_once_and_told_so(TableFault fault)
    {
        await _space.Open().ReadFleetAsync(Cancellation);
        using var faults = First(fault);
        var store = _space.Open(faults);

        Assert.Equal([new RowWrite.Written(1)], await store.WriteTargetsAsync([Row("a") with { Epoch = 7 }], Cancellation));
        await faults.SettleAsync();
        Assert.Equal((1, 7), await StoredAsync());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task So_is_one_on_a_row_that_is_there(TableFault fault)
    {
        await _space.Open().WriteTargetsAsync([Row("a")], Cancellation);
        using var faults = First(fault);
        var store = _space.Open(faults);

        Assert.Equal([new RowWrite.Written(2)], await store.WriteTargetsAsync([Row("a") with { Version = 1, Epoch = 7 }], Cancellation));
        await faults.SettleAsync();
        Assert.Equal((2, 7), await StoredAsync());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_write_on_an_old_version_stays_refused(TableFault fault)
    {
        await _space.Open().WriteTargetsAsync([Row("a")], Cancellation);
        using var faults = First(fault);
        var store = _space.Open(faults);
        var row = await store.ReadTargetAsync(Target("a"), Cancellation);
        await _space.Open().WriteTargetsAsync([Row("a") with { Version = 1, Epoch = 3 }], Cancellation);

        Assert.Equal([new RowWrite.Conflict()], await store.WriteTargetsAsync([row with { Epoch = 7 }], Cancellation));
        await faults.SettleAsync();
        Assert.Equal((2, 3), await StoredAsync());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task An_entry_that_met_one_fault_is_in_the_journal_and_the_feed_once(TableFault fault)
    {
        await _space.Open().ReadFleetAsync(Cancellation);
        for (var nth = 1; nth <= 2; nth++)
        {
            var left = nth;
            using var faults = new FaultyHandler(request => Task.FromResult(FaultyHandler.IsWrite(request) && --left == 0 ? fault : TableFault.None));
            await _space.Open(faults).AppendJournalAsync([Entry("a", nth)], Cancellation);
            await faults.SettleAsync();
        }

        Assert.Equal([1L, 2L], (await _space.Open().ReadChangesAsync(0, 10, Cancellation)).Select(change => change.Entry.Sequence));
        Assert.Equal(2, (await _space.EntitiesAsync("journal:a")).Count);
        Assert.Equal(2, (await _space.EntitiesAsync("feed")).Count);
    }

    [Fact]
    public async Task When_the_answer_is_lost_and_the_row_changed_again_before_we_look_nothing_counts_as_written()
    {
        await _space.Open().WriteTargetsAsync([Row("a")], Cancellation);
        var puts = 0;
        using var faults = new FaultyHandler(async request =>
        {
            if (request.Method != HttpMethod.Put)
            {
                return TableFault.None;
            }

            if (++puts == 2)
            {
                await _space.Open().WriteTargetsAsync([Row("a") with { Version = 2, Epoch = 3 }], Cancellation);
            }

            return puts == 1 ? TableFault.LostAnswer : TableFault.None;
        });

        Assert.Equal([new RowWrite.Conflict()], await _space.Open(faults).WriteTargetsAsync([Row("a") with { Version = 1, Epoch = 7 }], Cancellation));
        Assert.Equal((3, 3), await StoredAsync());
    }

    /// <summary>
    /// Three instances raise one row's version while faults of all kinds meet a third of their writes. Each version is told to at
    /// most one of them, and the one it was told to is the one whose write is stored.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Instances_that_race_under_faults_never_both_have_a_version(int seed)
    {
        const int rounds = 40;
        var told = new ConcurrentBag<(long Version, long Epoch)>();
        var stored = new ConcurrentDictionary<long, long>();
        var epochs = 0L;
        await _space.Open().ReadFleetAsync(Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Run(() => RaiseAsync(seed * 10 + number))));

        Assert.NotEmpty(told);
        Assert.Equal(told.Count, told.Select(each => each.Version).Distinct().Count());
        var (last, lastEpoch) = await StoredAsync();
        Assert.True(last >= rounds);
        stored[last] = lastEpoch;
        Assert.All(told, each => Assert.True(!stored.TryGetValue(each.Version, out var epoch) || epoch == each.Epoch, $"version {each.Version} is another's"));
        Assert.Contains(told, each => stored.ContainsKey(each.Version));

        async Task RaiseAsync(int random)
        {
            using var faults = FaultyHandler.Sometimes(random);
            var store = _space.Open(faults);
            while (true)
            {
                try
                {
                    var row = await store.ReadTargetAsync(Target("a"), Cancellation);
                    if (row.Version > 0)
                    {
                        Assert.Equal(row.Epoch, stored.GetOrAdd(row.Version, row.Epoch));
                    }

                    if (row.Version >= rounds)
                    {
                        break;
                    }

                    var epoch = Interlocked.Increment(ref epochs);
                    if (await store.WriteTargetsAsync([row with { Epoch = epoch }], Cancellation) is [RowWrite.Written { Version: var version }])
                    {
                        told.Add((version, epoch));
                    }
                }
                catch (StateStoreException)
                {
                    // Not known whether it is written: nobody was told.
                }
            }

            await faults.SettleAsync();
        }
    }

    /// <summary>Three instances append the same and their own entries under faults, again until they are told it is done, while somebody polls.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_poller_sees_every_entry_once_whatever_meets_the_writers(int seed)
    {
        const int each = 20;
        await _space.Open().ReadFleetAsync(Cancellation);
        var writers = Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Run(() => AppendAsync(seed * 10 + number, $"own{number}"))));
        var (feed, seen) = (_space.Open(), new List<JournalChange>());
        while (!writers.IsCompleted || (await feed.ReadChangesAsync(seen.LastOrDefault()?.Position ?? 0, 7, Cancellation)).Count > 0)
        {
            seen.AddRange(await feed.ReadChangesAsync(seen.LastOrDefault()?.Position ?? 0, 7, Cancellation));
        }

        await writers;
        Assert.Equal(Enumerable.Range(1, 4 * each).Select(number => (long)number), seen.Select(change => change.Position));
        Assert.Equal(4 * each, seen.Select(change => (change.Entry.Chain, change.Entry.Sequence)).Distinct().Count());

        async Task AppendAsync(int random, string chain)
        {
            using var faults = FaultyHandler.Sometimes(random);
            var store = _space.Open(faults);
            for (var number = 1; number <= each;)
            {
                try
                {
                    await store.AppendJournalAsync([Entry("same", number), Entry(chain, number)], Cancellation);
                    number++;
                }
                catch (StateStoreException)
                {
                    // As a row's outbox does, it is told again.
                }
            }

            await faults.SettleAsync();
        }
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch", "Storage Table Data Contributor")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServerBusy", "next tick")]
    [InlineData(HttpStatusCode.NotFound, "SomethingOnTheWay", "next tick")]
    [InlineData(HttpStatusCode.Conflict, "TableBeingDeleted", "next tick")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "RequestBodyTooLarge", "larger")]
    public async Task A_refusal_names_the_table_and_the_code_at_every_call(HttpStatusCode status, string code, string advice)
    {
        using var store = Connect(() => FaultyHandler.Refuse(status, code));

        // The SDK takes any 404 of a deletion for done, and nothing hangs on it.
        foreach (var call in Calls(store).Concat(status == HttpStatusCode.NotFound ? [] : [() => store.DeleteDocumentAsync("p", "k", Cancellation)]))
        {
            var exception = await Assert.ThrowsAsync<StateStoreException>(call);
            Assert.StartsWith($"The state in table state could not be read or written: status {(int)status}, {code}.", exception.Message, StringComparison.Ordinal);
            Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("CANARY", exception.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_connection_is_a_fault_of_the_state()
    {
        using var store = Connect(() => throw new HttpRequestException("connection refused"));

        foreach (var call in Calls(store))
        {
            Assert.Contains("connection refused", (await Assert.ThrowsAsync<StateStoreException>(call)).Message);
        }
    }

    [Fact]
    public async Task A_credential_is_sent_as_a_token_to_the_account_over_tls()
    {
        var requests = new ConcurrentQueue<string>();
        using var store = Connect(
            () => FaultyHandler.Refuse(HttpStatusCode.Forbidden, "no"),
            request => requests.Enqueue($"{request.RequestUri!.GetLeftPart(UriPartial.Authority)} {request.Headers.Authorization?.Scheme}"));

        await Assert.ThrowsAsync<StateStoreException>(() => store.ReadFleetAsync(Cancellation));

        Assert.Equal(["https://account.table.core.windows.net Bearer"], requests);
    }

    [Fact]
    public async Task What_the_calls_cost_is_as_documented()
    {
        using var counted = new FaultyHandler();
        var store = _space.Open(counted);
        await store.ReadFleetAsync(Cancellation);

        Assert.Equal(1, await CostAsync(() => store.WriteTargetsAsync([Row("a")], Cancellation)));
        Assert.Equal(1, await CostAsync(() => store.ReadTargetAsync(Target("a"), Cancellation)));
        Assert.Equal(1, await CostAsync(() => store.WriteTargetsAsync([Row("a") with { Version = 1 }], Cancellation)));
        Assert.Equal(1, await CostAsync(() => store.WriteTargetsAsync([Row("a") with { Version = 1 }], Cancellation)));
        Assert.Equal(3, await CostAsync(() => store.AppendJournalAsync([Entry("a", 1)], Cancellation)));
        Assert.Equal(2, await CostAsync(() => store.AppendJournalAsync([Entry("a", 2)], Cancellation)));
        Assert.Equal(0, await CostAsync(() => store.AppendJournalAsync([Entry("a", 2)], Cancellation)));
        Assert.Equal(1, await CostAsync(() => store.ReadChangesAsync(0, 500, Cancellation)));
        Assert.Equal(1, await CostAsync(() => store.ReadTargetsAsync(Cancellation)));
        Assert.Equal(1, await CostAsync(() => store.PruneDocumentsAsync(Noon, Cancellation)));

        using var another = new FaultyHandler();
        var other = _space.Open(another);
        await other.AppendJournalAsync([Entry("a", 2)], Cancellation);
        Assert.Equal(4, another.Requests.Count);

        async Task<int> CostAsync(Func<Task> call)
        {
            var before = counted.Requests.Count;
            await call();
            return counted.Requests.Count - before;
        }
    }

    private static FaultyHandler First(TableFault fault)
    {
        var writes = 0;
        return new FaultyHandler(request => Task.FromResult(FaultyHandler.IsWrite(request) && ++writes == 1 ? fault : TableFault.None));
    }

    private static Func<Task>[] Calls(TableStateStore store) =>
    [
        () => store.ReadTargetsAsync(Cancellation),
        () => store.ReadTargetAsync(Target("a"), Cancellation),
        () => store.WriteTargetsAsync([Row("CANARY") with { Pause = new TargetPause("CANARY", "CANARY", Noon, null) }], Cancellation),
        () => store.WriteTargetsAsync([Row("CANARY") with { Version = 3 }], Cancellation),
        () => store.ReadFleetAsync(Cancellation),
        () => store.WriteFleetAsync(new FleetRow(), Cancellation),
        () => store.AppendJournalAsync([Entry("CANARY", 1)], Cancellation),
        () => store.ReadJournalAsync(new JournalQuery(), Cancellation),
        () => store.ReadJournalAsync(new JournalQuery("CANARY"), Cancellation),
        () => store.ReadChangesAsync(0, 10, Cancellation),
        () => store.ReadDocumentAsync("p", "k", Cancellation),
        () => store.WriteDocumentAsync(new StoredDocument("p", "k", 0, "CANARY", Noon), Cancellation),
        () => store.ListDocumentsAsync("p", Cancellation),
        () => store.PruneDocumentsAsync(Noon, Cancellation),
    ];

    private static TableStateStore Connect(Func<HttpResponseMessage> answer, Action<HttpRequestMessage>? observe = null)
    {
        var options = TableClients.Options();
        options.Transport = AzureConnection.Over(new Answering(request =>
        {
            observe?.Invoke(request);
            return answer();
        }));
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return new TableStateStore(
            new TableClient(new Uri("https://account.table.core.windows.net"), "state", new SandboxCredential(), options), NullLogger<TableStateStore>.Instance);
    }

    private async Task<(long Version, long Epoch)> StoredAsync()
    {
        var row = await _space.Open().ReadTargetAsync(Target("a"), Cancellation);
        return (row.Version, row.Epoch);
    }

    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return Task.FromResult(answer(request));
            }
            catch (HttpRequestException exception)
            {
                return Task.FromException<HttpResponseMessage>(exception);
            }
        }
    }
}
