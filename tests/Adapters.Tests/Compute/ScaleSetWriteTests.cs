using Azure.Core;
using Azure.Identity;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Compute;

public sealed class ScaleSetWriteTests : ScaleSetTest
{
    [Fact]
    public async Task A_write_takes_effect_once_with_nothing_but_the_capacity_in_it()
    {
        var write = await PlanAsync(6);

        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(write, Cancellation));

        var record = Assert.Single(Sandbox.Writes.All);
        Assert.Equal(("PATCH", """{"sku":{"capacity":6}}""", write.IfMatch), (record.Method, record.Body, record.IfMatch));
        Assert.Equal((true, 4, 6), (record.IsEffective, record.CapacityBefore, record.CapacityAfter));
        Assert.Equal("management.azure.com", accepted.Operation?.Host);
        Assert.EndsWith("?api-version=2024-07-01", Received[^1].PathAndQuery);
    }

    [Fact]
    public async Task A_write_against_a_changed_resource_is_stale_and_changes_nothing()
    {
        var write = await PlanAsync(6);
        Sandbox.Estate.SetCapacity(Web, 9);

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(write, Cancellation));

        Assert.Equal(9, Sandbox.Estate.CapacityOf(Web));
        Assert.Empty(Sandbox.Writes.Effective);
    }

    [Fact]
    public async Task The_same_write_again_is_stale()
    {
        var write = await PlanAsync(6);
        await Target().WriteAsync(write, Cancellation);

        Assert.IsNotType<WriteResult.Accepted>(await Target().WriteAsync(write, Cancellation));
        Assert.Single(Sandbox.Writes.Effective);
    }

    public static TheoryData<FaultEffect, bool> Doubts() => new()
    {
        { new AnswerWith(408), false },
        { new AnswerWith(408, Lands: true), true },
        { new AnswerWith(500), false },
        { new AnswerWith(500, Lands: true), true },
        { new AnswerWith(502), false },
        { new AnswerWith(502, Lands: true), true },
        { new AnswerWith(503), false },
        { new AnswerWith(503, Lands: true), true },
        { new AnswerWith(504), false },
        { new AnswerWith(504, Lands: true), true },
        { new AnswerWith(500, Body: "<html>", Headers: RetryAfter), false },
        { new AnswerWith(307, Headers: Redirect, Lands: true), true },
        { new DropBeforeLanding(), false },
        { new DropAfterLanding(), true },
        { new TruncateAnswer(0), true },
        { new TruncateAnswer(1), true },
        { new TruncateAnswer(100), true },
    };

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task An_answer_that_proves_nothing_is_unknown_and_nothing_is_sent_again(FaultEffect fault, bool lands)
    {
        var write = await PlanAsync(6);
        Fault(fault, "PATCH");

        Assert.NotEmpty(Assert.IsType<WriteResult.Unknown>(await Target().WriteAsync(write, Cancellation)).Reason);

        Assert.Equal(1, Received.Count(request => request.Method == "PATCH"));
        Assert.Single(Sandbox.Writes.All);
        Assert.Equal(lands ? 6 : 4, Sandbox.Estate.CapacityOf(Web));
    }

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task Nothing_is_sent_again_over_a_connection_that_was_used_before_either(FaultEffect fault, bool lands)
    {
        var target = Target();
        await target.ReadAsync(Web, Cancellation);
        var write = await PlanAsync(6);
        Fault(fault, "PATCH");

        Assert.IsType<WriteResult.Unknown>(await target.WriteAsync(write, Cancellation));

        Assert.Single(Sandbox.Writes.All);
        Assert.Equal(lands ? 1 : 0, Sandbox.Writes.Effective.Count);
    }

    [Theory]
    [InlineData(409, "AllocationFailed", FailureClass.Capacity)]
    [InlineData(409, "QuotaExceeded", FailureClass.Quota)]
    [InlineData(401, "InvalidAuthenticationToken", FailureClass.Forbidden)]
    [InlineData(403, "AuthorizationFailed", FailureClass.Forbidden)]
    [InlineData(409, "ScopeLocked", FailureClass.Forbidden)]
    [InlineData(409, "AnotherOperationInProgress", FailureClass.Conflict)]
    [InlineData(429, "TooManyRequests", FailureClass.Throttled)]
    [InlineData(400, "InvalidParameter", FailureClass.Invalid)]
    [InlineData(404, "ResourceNotFound", FailureClass.Invalid)]
    public async Task A_refusal_is_rejected_with_its_class_and_not_tried_again(int status, string code, FailureClass expected)
    {
        var write = await PlanAsync(6);
        Fault(new AnswerWith(status, code, Headers: RetryAfter), "PATCH");

        var rejected = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(write, Cancellation));

        Assert.Equal((expected, code), (rejected.Class, rejected.Code));
        Assert.NotEmpty(rejected.Message);
        Assert.Single(Sandbox.Writes.All);
        Assert.Equal(4, Sandbox.Estate.CapacityOf(Web));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"error":7}""")]
    public async Task A_refusal_in_garbage_is_told_by_its_status(string body)
    {
        var write = await PlanAsync(6);
        Fault(new AnswerWith(409, Body: body), "PATCH");

        var rejected = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(write, Cancellation));
        Assert.Equal((FailureClass.Conflict, ""), (rejected.Class, rejected.Code));
    }

    [Fact]
    public async Task A_busy_resource_is_a_conflict()
    {
        await Target().WriteAsync(await PlanAsync(6), Cancellation);

        var rejected = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(await PlanAsync(7), Cancellation));

        Assert.Equal(FailureClass.Conflict, rejected.Class);
        Assert.Equal(6, Sandbox.Estate.CapacityOf(Web));
    }

    [Theory]
    [InlineData("https://evil.example/operations/1")]
    [InlineData("http://management.azure.com/operations/1")]
    [InlineData("https://management.azure.com:8443/operations/1")]
    [InlineData("https://management.azure.com@evil.example/operations/1")]
    [InlineData("https://westeurope.metrics.monitor.azure.com/operations/1")]
    [InlineData("/operations/1")]
    [InlineData("nonsense")]
    public async Task An_operation_at_another_host_is_accepted_and_never_called(string address)
    {
        foreach (var header in (string[])["Azure-AsyncOperation", "Location"])
        {
            var write = await PlanAsync(Sandbox.Estate.CapacityOf(Web) + 1);
            Sandbox.Faults.Set(new AnswerWith(202, Headers: new Dictionary<string, string> { [header] = address }));

            Assert.Equal(new WriteResult.Accepted(null), await Target().WriteAsync(write, Cancellation));
            Sandbox.Faults.Clear();
        }

        // "/operations/1" is the path of a file to a Unix system.
        if (Uri.TryCreate(address, UriKind.Absolute, out var operation))
        {
            Assert.Equal(2, LogLines.Count);
            Assert.All(LogLines, line => Assert.Contains("gets no request of ours", line));
            var before = Received.Count;
            Assert.IsType<OperationReading.Unreadable>(await Target().ReadOperationAsync(operation, Cancellation));
            Assert.Equal(before, Received.Count);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("1\r\nX-Evil: 1")]
    public async Task A_write_without_a_version_is_a_bug_and_is_not_sent(string version)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Target().WriteAsync(new CapacityWrite(Web, 6, version), Cancellation));
        Assert.Empty(Received);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task A_goal_no_scale_set_can_have_is_a_bug_and_is_not_sent(int goal)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Target().WriteAsync(new CapacityWrite(Web, goal, "\"1\""), Cancellation));
        Assert.Empty(Received);
    }

    [Fact]
    public async Task Without_a_token_the_write_is_rejected_unsent()
    {
        var rejected = Assert.IsType<WriteResult.Rejected>(
            await Target(connection => connection with { Credential = new NoCredential() })
                .WriteAsync(new CapacityWrite(Web, 6, "\"1\""), Cancellation));

        Assert.Equal("AuthenticationFailed", rejected.Code);
        Assert.Empty(Received);
    }

    [Fact]
    public async Task No_answer_in_time_is_unknown()
    {
        var write = await PlanAsync(6);
        Sandbox.Observer = async (observation, cancellation) =>
        {
            if (observation.Moment == RequestMoment.Applied)
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
        };

        var result = await Target(connection => connection with { WriteTimeout = TimeSpan.FromMilliseconds(200) }).WriteAsync(write, Cancellation);

        Assert.Contains("in time", Assert.IsType<WriteResult.Unknown>(result).Reason);
        Assert.Single(Sandbox.Writes.All);
    }

    [Fact]
    public async Task Cancellation_is_thrown()
    {
        var write = await PlanAsync(6);
        using var source = new CancellationTokenSource();
        Sandbox.Observer = (observation, _) => observation.Moment == RequestMoment.Received ? new ValueTask(source.CancelAsync()) : default;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Target().WriteAsync(write, source.Token));
    }

    private static Dictionary<string, string> RetryAfter => new() { ["Retry-After"] = "0" };

    private static Dictionary<string, string> Redirect => new() { ["Location"] = "https://management.azure.com/elsewhere" };

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("no identity here");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("no identity here");
    }
}
