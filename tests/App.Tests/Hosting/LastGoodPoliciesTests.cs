using System.Text;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>What is kept of policies, and what of it is used.</summary>
public sealed class LastGoodPoliciesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("scalefunctions-kept-").FullName;
    private readonly SqliteStateStore _store;
    private readonly LastGoodPolicies _kept;

    public LastGoodPoliciesTests() => _kept = new LastGoodPolicies(_store = SqliteStateStore.Open(_directory));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_kept_is_read_as_it_was()
    {
        Assert.Null(await _kept.ReadAsync(Cancellation));
        Assert.True(await KeepAsync(SamplePolicies.Files()));

        Assert.Equal(Version(SamplePolicies.Files()), (await _kept.ReadAsync(Cancellation))?.Policies.Version);
    }

    /// <summary>A store takes a document of so much; more is no set of policies.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_mebibyte_of_files_is_kept_and_no_more_than_that(int more, bool isKept)
    {
        var files = SamplePolicies.Files();
        Assert.True(await KeepAsync(files));
        IReadOnlyList<PolicyFile> large = [.. files, .. Enumerable.Range(0, 8).Select(number => Comment($"large-{number}.yml", number < 7 ? 128 * 1024 : (128 * 1024) - files.Sum(file => file.Content.Length) + more))];

        Assert.Equal(isKept, await KeepAsync(large));

        // An earlier set is not in force any more, so it is not what a restart may fall back on.
        Assert.Equal(isKept ? Version(large) : null, (await _kept.ReadAsync(Cancellation))?.Policies.Version);
    }

    [Fact]
    public async Task What_is_kept_already_is_not_written_again()
    {
        await KeepAsync(SamplePolicies.Files());
        var written = (await StoredAsync())!.Version;

        Assert.True(await KeepAsync(SamplePolicies.Files()));
        Assert.Equal(written, (await StoredAsync())!.Version);
        Assert.True(await KeepAsync([.. SamplePolicies.Files(), Comment("more.yml", 10)]));
        Assert.Equal(written + 1, (await StoredAsync())!.Version);
    }

    /// <summary>A state that somebody has been at must not keep files that are right from being used, nor end the process.</summary>
    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "version": "0", "at": "2026-01-05T09:00:00Z", "files": null }""")]
    [InlineData("""{ "version": "0", "at": "2026-01-05T09:00:00Z", "files": [ null ] }""")]
    [InlineData("""{ "version": "0", "at": "2026-01-05T09:00:00Z", "files": [ { "name": "a.yml", "content": null } ] }""")]
    [InlineData("""{ "version": "0", "at": "2026-01-05T09:00:00Z", "files": [ { "content": "" } ] }""")]
    [InlineData("""{ "version": "0", "at": "2026-01-05T09:00:00Z", "files": [ { "name": "a.yml", "content": "%%%" } ] }""")]
    [InlineData("""{ "version": "0", "at": "2026-01-05T09:00:00Z", "files": [ { "name": "a.yml", "content": "YQ==" } ] }""")]
    public async Task What_is_not_what_was_kept_is_nothing_and_is_kept_anew(string json)
    {
        await _store.WriteDocumentAsync(new StoredDocument("policies", "last-good", 0, json, DateTimeOffset.MaxValue), Cancellation);

        Assert.Null(await _kept.ReadAsync(Cancellation));
        Assert.True(await KeepAsync(SamplePolicies.Files()));
        Assert.Equal(Version(SamplePolicies.Files()), (await _kept.ReadAsync(Cancellation))?.Policies.Version);
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static PolicyFile Comment(string name, int length) => new(name, Encoding.UTF8.GetBytes(new string('#', length)));

    private static string Version(IReadOnlyList<PolicyFile> files) => PolicyReader.Read(files).Version;

    private Task<bool> KeepAsync(IReadOnlyList<PolicyFile> files) => _kept.KeepAsync(PolicyReader.Read(files), files, DateTimeOffset.UnixEpoch, Cancellation);

    private Task<StoredDocument?> StoredAsync() => _store.ReadDocumentAsync("policies", "last-good", Cancellation);
}
