using System.Text.Json;
using Azure.Core;
using Azure.ResourceManager.Compute;
using ScaleFunctions.Adapters.AppService;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Conformance;

/// <summary>
/// Sends requests about one resource that somebody named, and gives the answers as they came. Nothing else can be addressed, nothing
/// is deleted, and the only change there is, is that of a count.
/// </summary>
public sealed class RawExchanges
{
    private readonly ArmPipelines _arm;
    private readonly TargetId _target;
    private readonly string _apiVersion;

    /// <exception cref="ArgumentException">Nothing is known of such a resource.</exception>
    public RawExchanges(AzureConnection connection, TargetId target)
    {
        _arm = new ArmPipelines(connection);
        _target = target;
        IsPlan = target.ResourceType.Equals(PlanTarget.Type, StringComparison.OrdinalIgnoreCase);
        _apiVersion = IsPlan ? ApiVersions.Plans : ApiVersions.ScaleSets;
        if (!IsPlan && !target.ResourceType.Equals(VirtualMachineScaleSetResource.ResourceType.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"{target.ResourceType} is not among what can be tried", nameof(target));
        }
    }

    /// <summary>Whether it is an App Service plan, which is written whole; else it is a scale set.</summary>
    public bool IsPlan { get; }

    public Task<RawAnswer> GetAsync(CancellationToken cancellationToken) => ReadAsync(ResourceAddress.Of(_arm.Connection, _target, _apiVersion), cancellationToken);

    /// <summary>A resource beside it that is not there.</summary>
    public Task<RawAnswer> GetMissingAsync(CancellationToken cancellationToken) =>
        ReadAsync(ResourceAddress.Of(_arm.Connection, TargetId.Parse($"{_target.Value}-none"), _apiVersion), cancellationToken);

    public Task<RawAnswer> GetInstanceViewAsync(CancellationToken cancellationToken)
    {
        var address = new UriBuilder(ResourceAddress.Of(_arm.Connection, _target, _apiVersion));
        address.Path += "/instanceView";
        return ReadAsync(address.Uri, cancellationToken);
    }

    /// <summary>An operation, by the address an answer named; only at Resource Manager.</summary>
    public Task<RawAnswer> GetOperationAsync(string address, CancellationToken cancellationToken) => ReadAsync(new Uri(address), cancellationToken);

    /// <summary>Changes the count, and nothing else.</summary>
    /// <param name="now">The resource as it was read.</param>
    /// <param name="count">Instances to have.</param>
    /// <param name="ifMatch">A precondition; absent for none. Plans have none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<RawAnswer> WriteAsync(RawAnswer now, int count, string? ifMatch, CancellationToken cancellationToken)
    {
        var message = _arm.Writes.CreateMessage();
        message.Request.Method = IsPlan ? RequestMethod.Put : RequestMethod.Patch;
        message.Request.Uri.Reset(ResourceAddress.Of(_arm.Connection, _target, _apiVersion));
        message.Request.Headers.Add(HttpHeader.Common.JsonContentType);
        if (ifMatch is not null)
        {
            message.Request.Headers.Add("If-Match", ifMatch);
        }

        message.Request.Content = RequestContent.Create(Body(now, count));
        return SendAsync(message, _arm.Writes, cancellationToken);
    }

    private BinaryData Body(RawAnswer now, int count)
    {
        if (!IsPlan)
        {
            return BinaryData.FromString($$$"""{"sku":{"capacity":{{{count}}}}}""");
        }

        using var document = PlanBody.Parse(now.Content);
        return PlanBody.With(document.RootElement, count, size: null);
    }

    private Task<RawAnswer> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        var message = _arm.ReadsOnce.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(address);
        return SendAsync(message, _arm.ReadsOnce, cancellationToken);
    }

    private static async Task<RawAnswer> SendAsync(HttpMessage message, Azure.Core.Pipeline.HttpPipeline pipeline, CancellationToken cancellationToken)
    {
        using (message)
        {
            message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
            await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            var response = message.Response;
            var headers = response.Headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
            return new RawAnswer(response.Status, headers, Json(response.Content), response.Content);
        }
    }

    private static JsonElement? Json(BinaryData content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
