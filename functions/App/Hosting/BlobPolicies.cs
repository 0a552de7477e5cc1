using ScaleFunctions.Adapters.Storage.Blobs;
using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting;

/// <summary>Policy files of a blob container.</summary>
internal sealed class BlobPolicies(BlobFolder folder) : IPolicyFiles
{
    /// <summary>More than this is no container of policies.</summary>
    private const int MostBlobs = 1000;

    public string Place => folder.Address;

    /// <summary>A listing is billed; a policy that counts a minute later is early enough.</summary>
    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task<string> StampAsync(CancellationToken cancellationToken) => StampOf(await ListAsync(cancellationToken));

    public async Task<PolicySnapshot?> ReadAsync(CancellationToken cancellationToken)
    {
        var blobs = await ListAsync(cancellationToken);
        if (blobs.All(blob => blob.Name.EndsWith(PolicyDirectory.CalendarEnding, StringComparison.OrdinalIgnoreCase)))
        {
            throw new UserErrorException($"there is no policy file (.yml, .yaml, .json) in {Place}. Upload some, or name another container");
        }

        List<PolicyFile> files = [];
        foreach (var blob in blobs)
        {
            if (await ReadAsync(blob, cancellationToken) is not { } content)
            {
                return null;
            }

            files.Add(new PolicyFile(blob.Name, content));
        }

        return new PolicySnapshot(PolicyReader.Read(files), StampOf(blobs)) { Files = files, Place = Place };
    }

    private static string StampOf(IReadOnlyList<BlobFile> blobs) => string.Join('|', blobs.Select(blob => $"{blob.Name}:{blob.ETag}"));

    private async Task<IReadOnlyList<BlobFile>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await TryAsync(() => folder.ListAsync(MostBlobs, cancellationToken))).Where(blob => PolicyDirectory.IsPolicyFile(blob.Name))];

    private Task<byte[]?> ReadAsync(BlobFile blob, CancellationToken cancellationToken) =>
        TryAsync(() => folder.ReadAsync(blob, PolicyFile.MaximumBytes + 1, cancellationToken));

    private async Task<T> TryAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (IOException exception)
        {
            throw new UserErrorException($"the policies in {Place} cannot be read: {exception.Message} Look at its address, and whether the identity may read blobs (Storage Blob Data Reader).", exception);
        }
    }
}
