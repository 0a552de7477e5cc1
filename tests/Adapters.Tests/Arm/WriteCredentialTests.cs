using System.Collections.Concurrent;
using Azure.Core;
using ScaleFunctions.Adapters.Tests.Compute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Tests.Arm;

public sealed class WriteCredentialTests : ScaleSetTest
{
    [Fact]
    public async Task Only_writes_use_the_identity_that_may_write()
    {
        var (reader, writer) = (new AskedCredential(), new AskedCredential());
        var target = Target(connection => connection with { Credential = reader, WriteCredential = writer });

        var read = Assert.IsType<CapacityReading.Read>(await target.ReadAsync(Web, Cancellation));
        Assert.NotEmpty(reader.Scopes);
        Assert.Empty(writer.Scopes);

        reader.Scopes.Clear();
        Assert.IsType<WriteResult.Accepted>(await target.WriteAsync(new CapacityWrite(Web, 5, read.ETag), Cancellation));
        Assert.Empty(reader.Scopes);
        Assert.NotEmpty(writer.Scopes);
    }

    private sealed class AskedCredential : TokenCredential
    {
        public ConcurrentQueue<string> Scopes { get; } = new();

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.Enqueue(requestContext.Scopes[0]);
            return new AccessToken("sandbox", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
