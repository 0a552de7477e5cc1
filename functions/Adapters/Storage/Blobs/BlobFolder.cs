using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.Adapters.Storage.Blobs;

/// <summary>Reads the blobs of a container. It is never written: the identity needs to read and list, no more.</summary>
public sealed class BlobFolder
{
    private readonly BlobContainerClient _container;

    private BlobFolder(BlobContainerClient container) => _container = container;

    /// <summary>The container's address, without a key.</summary>
    public string Address => _container.Uri.GetLeftPart(UriPartial.Path);

    /// <exception cref="ArgumentException">The address does not begin with https.</exception>
    public static BlobFolder Open(Uri blobServiceUri, TokenCredential credential, string container, UsageCounter? usage = null) =>
        blobServiceUri.Scheme == Uri.UriSchemeHttps
            ? new(new BlobContainerClient(new Uri($"{blobServiceUri.GetLeftPart(UriPartial.Authority)}/{container}"), credential, Options(usage)))
            : throw new ArgumentException("A token is only sent over TLS: the address must begin with https.", nameof(blobServiceUri));

    /// <summary>A container of an emulator, or of an account that still takes keys.</summary>
    public static BlobFolder Open(string connectionString, string container, UsageCounter? usage = null) =>
        new(new BlobContainerClient(connectionString, container, Options(usage)));

    /// <summary>The blobs there are, in the order of their names.</summary>
    /// <param name="most">More than this is somebody's archive.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">They cannot be listed, or are too many; says why.</exception>
    public async Task<IReadOnlyList<BlobFile>> ListAsync(int most, CancellationToken cancellationToken)
    {
        List<BlobFile> blobs = [];
        try
        {
            await foreach (var blob in _container.GetBlobsAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                blobs.Add(new BlobFile(blob.Name, $"{blob.Properties.ETag}", blob.Properties.ContentLength ?? 0));
                if (blobs.Count > most)
                {
                    throw new IOException($"it holds more than {most} blobs");
                }
            }
        }
        catch (Exception exception) when (IsFault(exception))
        {
            throw Fault(exception);
        }

        blobs.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return blobs;
    }

    /// <summary>What a blob held when it was listed, from its beginning.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="most">Bytes to read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Nothing when it was written or deleted since.</returns>
    /// <exception cref="IOException">It cannot be read; says why.</exception>
    public async Task<byte[]?> ReadAsync(BlobFile blob, int most, CancellationToken cancellationToken)
    {
        if (blob.Length == 0)
        {
            // Of nothing no range can be asked for.
            return [];
        }

        try
        {
            BlobDownloadResult answer = await _container.GetBlobClient(blob.Name).DownloadContentAsync(
                new BlobDownloadOptions { Range = new HttpRange(0, most), Conditions = new BlobRequestConditions { IfMatch = new ETag(blob.ETag) } },
                cancellationToken).ConfigureAwait(false);
            return answer.Content.ToArray();
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            return null;
        }
        catch (Exception exception) when (IsFault(exception))
        {
            throw Fault(exception);
        }
    }

    private static bool IsFault(Exception exception) => exception is RequestFailedException or AuthenticationFailedException or AggregateException;

    private static IOException Fault(Exception exception) => new(
        exception is RequestFailedException { ErrorCode: { Length: > 0 } code } failed ? $"the storage account answered {failed.Status} {code}" : exception.Message.Split('\n')[0],
        exception);

    /// <remarks>Storage answers within seconds or not at all; whoever looks looks again.</remarks>
    private static BlobClientOptions Options(UsageCounter? usage)
    {
        var options = new BlobClientOptions();
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        options.Retry.MaxRetries = 2;
        options.Diagnostics.ApplicationId = "ScaleFunctions";
        CountingPolicy.Add(options, usage, request => request.Uri.Query.Contains("comp=list", StringComparison.Ordinal) ? UsageKind.BlobListings : UsageKind.BlobReads);
        return options;
    }
}
