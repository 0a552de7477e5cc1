using System.Text.Json.Nodes;
using ScaleFunctions.Adapters.AppService;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.AppService;

public sealed class PlanWriteTests : PlanTest
{
    [Fact]
    public async Task A_write_takes_effect_once_and_nothing_but_the_capacity_differs()
    {
        var before = JsonNode.Parse(await BodyAsync())!.AsObject();
        var write = await PlanAsync(6);

        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(write, Cancellation));

        var record = Assert.Single(Sandbox.Writes.All);
        Assert.Equal(("PUT", true, 4, 6, null), (record.Method, record.IsEffective, record.CapacityBefore, record.CapacityAfter, record.IfMatch));
        Assert.EndsWith("/serverfarms/portal?api-version=2023-12-01", Received[^1].PathAndQuery);
        Assert.Equal("management.azure.com", accepted.Operation?.Host);
        before["sku"]!["capacity"] = 6;
        Assert.Equal(Sorted(Without(before)), Sorted(JsonNode.Parse(record.Body)!));
        await Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow().AddMinutes(5), Cancellation);
        Assert.Equal(Sorted(Without(before)), Sorted(Without(JsonNode.Parse(await BodyAsync())!.AsObject())));
    }

    [Fact]
    public async Task Numbers_keep_their_digits()
    {
        await Target().WriteAsync(await PlanAsync(6), Cancellation);

        Assert.Contains("\"far\":12345678901234567890", Assert.Single(Sandbox.Writes.All).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_changed_in_between_is_stale_and_nothing_is_sent()
    {
        var write = await PlanAsync(6);
        Sandbox.Estate.SetCapacity(Portal, 9);

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(write, Cancellation));

        Assert.Equal(9, Sandbox.Estate.CapacityOf(Portal));
        Assert.DoesNotContain(Received, request => request.Method == "PUT");
    }

    [Theory]
    [InlineData("""{"tags":{"app":"other"}}""")]
    [InlineData("""{"properties":{"provisioningState":"Succeeded","perSiteScaling":false}}""")]
    [InlineData("""{"properties":{"provisioningState":"InProgress"}}""")]
    public async Task Any_other_change_in_between_is_stale_as_well(string change)
    {
        Sandbox.Faults.Set(new AnswerWith(200, Body: Answers.Plan(Portal, "{}")));
        var write = await PlanAsync(6);
        Sandbox.Faults.Set(new AnswerWith(200, Body: Answers.Plan(Portal, change)));

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(write, Cancellation));
        Assert.Empty(Sandbox.Writes.All);
    }

    [Fact]
    public async Task The_same_write_again_is_stale()
    {
        var write = await PlanAsync(6);
        await Target().WriteAsync(write, Cancellation);

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(write, Cancellation));
        Assert.Single(Sandbox.Writes.All);
    }

    public static TheoryData<FaultEffect, bool> Doubts() => new()
    {
        { new AnswerWith(408), false },
        { new AnswerWith(500), false },
        { new AnswerWith(500, Lands: true), true },
        { new AnswerWith(502, Lands: true), true },
        { new AnswerWith(503), false },
        { new AnswerWith(504, Lands: true), true },
        { new DropBeforeLanding(), false },
        { new DropAfterLanding(), true },
        { new TruncateAnswer(0), true },
        { new TruncateAnswer(100), true },
    };

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task An_answer_that_proves_nothing_is_unknown_and_nothing_is_sent_again(FaultEffect fault, bool lands)
    {
        var write = await PlanAsync(6);
        Fault(fault, "PUT");

        Assert.NotEmpty(Assert.IsType<WriteResult.Unknown>(await Target().WriteAsync(write, Cancellation)).Reason);

        Assert.Equal(1, Received.Count(request => request.Method == "PUT"));
        Assert.Equal(lands ? 6 : 4, Sandbox.Estate.CapacityOf(Portal));
    }

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task The_resource_tells_afterwards_whether_a_doubtful_write_landed(FaultEffect fault, bool lands)
    {
        var write = await PlanAsync(6);
        Fault(fault, "PUT");
        await Target().WriteAsync(write, Cancellation);
        var intent = new Intent
        {
            Epoch = 1,
            Phase = IntentPhase.Unknown,
            Base = new CapacityReading.Read(4, "P1v3", write.IfMatch, IsUpdating: false, Sandbox.Clock.GetUtcNow()),
            Goal = 6,
            OpenedAt = Sandbox.Clock.GetUtcNow(),
            SentAt = Sandbox.Clock.GetUtcNow(),
            ExpiresAt = Sandbox.Clock.GetUtcNow(),
            Actor = "test",
            Cause = "test",
            PolicyVersion = "",
            InputsHash = "",
            Minimum = 1,
            Maximum = 30,
        };
        await Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow().AddMinutes(3), Cancellation);

        var end = Settlement.Judge(intent, await ReadPortalAsync(), operation: null, Sandbox.Clock.GetUtcNow());

        Assert.IsType(lands ? typeof(IntentEnd.Done) : typeof(IntentEnd.NotLanded), end);
    }

    [Theory]
    [InlineData(409, "Conflict", FailureClass.Conflict)]
    [InlineData(403, "AuthorizationFailed", FailureClass.Forbidden)]
    [InlineData(429, "59205", FailureClass.Throttled)]
    [InlineData(400, "BadRequest", FailureClass.Invalid)]
    public async Task A_refusal_is_rejected_with_its_class_and_not_tried_again(int status, string code, FailureClass expected)
    {
        var write = await PlanAsync(6);
        Fault(new AnswerWith(status, code, Headers: new Dictionary<string, string> { ["Retry-After"] = "0" }), "PUT");

        var rejected = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(write, Cancellation));

        Assert.Equal((expected, code), (rejected.Class, rejected.Code));
        Assert.Single(Sandbox.Writes.All);
    }

    /// <summary>The answer of App Service when the unit that a plan lives in is full. It looks like throttling, and says nothing of other plans.</summary>
    [Fact]
    public async Task No_room_for_more_is_told_as_such_and_holds_no_other_write_back()
    {
        const string Message = "Not enough available reserved instance servers to satisfy this request. Currently 1 instances are available.";
        var target = Target();
        Fault(new AnswerWith(429, Body: $$"""{"Code":"Conflict","Message":"{{Message}}","Target":null,"Details":[{"Message":"{{Message}}"},{"Code":"Conflict"}]}"""), "PUT", times: 1);

        var rejected = Assert.IsType<WriteResult.Rejected>(await target.WriteAsync(await PlanAsync(6), Cancellation));
        Assert.Equal((FailureClass.Capacity, Message), (rejected.Class, rejected.Message));

        Assert.IsType<WriteResult.Accepted>(await target.WriteAsync(await PlanAsync(5), Cancellation));
    }

    public static TheoryData<FaultEffect> FailedReads() =>
        [new AnswerWith(500), new AnswerWith(429), new AnswerWith(200, Body: "<html>"), new AnswerWith(404, "ResourceNotFound"), new DropBeforeLanding()];

    [Theory]
    [MemberData(nameof(FailedReads))]
    public async Task Without_the_read_before_it_nothing_is_sent_and_the_read_is_not_repeated(FaultEffect fault)
    {
        var write = await PlanAsync(6);
        var before = Received.Count;
        Fault(fault, "GET");

        Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(write, Cancellation));

        Assert.Equal(before + 1, Received.Count);
        Assert.Empty(Sandbox.Writes.All);
    }

    [Theory]
    [InlineData("Basic", 3)]
    [InlineData("Standard", 10)]
    [InlineData("Premium", 30)]
    [InlineData("PremiumV2", 30)]
    [InlineData("PremiumV3", 30)]
    [InlineData("premiummv3", 30)]
    [InlineData("PremiumV12", 30)]
    public async Task More_than_the_tier_allows_is_refused_unsent(string tier, int most)
    {
        await AnswerAsync(tier, "{}", most);

        var rejected = await WriteSeenAsync(most + 1);

        Assert.Equal("PlanLimit", rejected.Code);
        Assert.Contains($"at most {most} instances", rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_plan_says_of_its_limit_goes_before_the_table()
    {
        await AnswerAsync("PremiumV3", """{"maximumNumberOfWorkers":12}""", 12);

        Assert.Contains("at most 12 instances", (await WriteSeenAsync(13)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_over_zones_keeps_two_instances()
    {
        await AnswerAsync("PremiumV3", """{"zoneRedundant":true}""", 2);

        Assert.Equal("PlanLimit", (await WriteSeenAsync(1)).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("\"1\"")]
    public async Task A_write_without_a_version_is_a_bug_and_is_not_sent(string version)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Target().WriteAsync(new CapacityWrite(Portal, 6, version), Cancellation));
        Assert.Empty(Received);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_goal_no_plan_can_have_is_a_bug_and_is_not_sent(int goal)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Target().WriteAsync(new CapacityWrite(Portal, goal, new string('a', 64)), Cancellation));
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

        var result = await Target(connection => connection with { WriteTimeout = TimeSpan.FromSeconds(1) }).WriteAsync(write, Cancellation);

        Assert.Contains("in time", Assert.IsType<WriteResult.Unknown>(result).Reason);
        Assert.Single(Sandbox.Writes.All);
    }

    private async Task<WriteResult.Rejected> WriteSeenAsync(int goal)
    {
        var rejected = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(await PlanAsync(goal), Cancellation));
        Assert.Empty(Sandbox.Writes.All);
        Assert.DoesNotContain(Received, request => request.Method == "PUT");
        return rejected;
    }

    /// <summary>Reads show a plan of a tier; a goal at its limit is taken by that plan.</summary>
    private Task AnswerAsync(string tier, string properties, int allowed)
    {
        var members = JsonNode.Parse(properties)!.AsObject();
        members["provisioningState"] = "Succeeded";
        var body = Answers.Plan(Portal, $$"""{"sku":{"name":"S","tier":"{{tier}}","capacity":1},"properties":{{members.ToJsonString()}}}""");
        using var document = PlanBody.Parse(BinaryData.FromString(body));
        var plan = PlanAnswer.Read(document.RootElement, out _);
        Assert.True(plan is not null && plan.LeftAlone is null && allowed >= plan.Least && allowed <= plan.Most);
        Sandbox.Faults.Set([new FaultRule { Method = "GET", Effect = new AnswerWith(200, Body: body) }]);
        return Task.CompletedTask;
    }

    private async Task<string> BodyAsync()
    {
        using var client = new HttpClient(Sandbox.Connection.CreateHandler(Sandbox.Clock));
        client.DefaultRequestHeaders.Authorization = new("Bearer", "test");
        return await client.GetStringAsync(new Uri($"https://management.azure.com{Portal}?api-version=2023-12-01"), Cancellation);
    }

    /// <summary>The members that only Azure sets, taken out.</summary>
    private static JsonObject Without(JsonObject plan)
    {
        var copy = plan.DeepClone().AsObject();
        foreach (var path in PlanBody.ReadOnly)
        {
            var steps = path.Split('.');
            var owner = steps[..^1].Aggregate((JsonNode?)copy, (node, step) => node?[step]);
            (owner as JsonObject)?.Remove(steps[^1]);
        }

        return copy;
    }

    private static string Sorted(JsonNode node) => node switch
    {
        JsonObject members => $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{(member.Value is null ? "null" : Sorted(member.Value))}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(item => item is null ? "null" : Sorted(item)))}]",
        _ => node.ToJsonString(),
    };
}
