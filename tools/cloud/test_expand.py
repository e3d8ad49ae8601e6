"""Each check of expand.py sees what it is for: python -m unittest discover tools/cloud"""

import unittest

from expand import ROOT, expand, faults, read


class Planted(unittest.TestCase):
    def faults_after(self, change):
        template = read(ROOT / "template.yaml")
        change(template["Resources"])
        return list(faults(expand(template)))

    def sees(self, words, change):
        found = self.faults_after(change)
        self.assertEqual(1, len(found), found)
        self.assertIn(words, found[0])

    def test_the_template_has_none(self):
        self.assertEqual([], self.faults_after(lambda resources: None))

    def test_a_wildcard_resource(self):
        def change(resources):
            policy = resources["ShowAccount"]["Properties"]["Policies"][0]
            policy["Statement"][0]["Resource"] = "*"

        self.sees("Resource of", change)

    def test_a_wildcard_action(self):
        def change(resources):
            policy = resources["ShowAccount"]["Properties"]["Policies"][0]
            policy["Statement"][0]["Action"] = "dynamodb:*"

        self.sees("Action of", change)

    def test_wildcards_in_part(self):
        def first(resources):
            return resources["ShowAccount"]["Properties"]["Policies"][0]["Statement"][0]

        for words, key, value in [
            ("Action of", "Action", "dynamodb:Get*"),
            ("Resource of", "Resource", "arn:aws:dynamodb:*:*:table/*"),
            ("Resource of", "Resource", {"Fn::Sub": "arn:${AWS::Partition}:dynamodb:eu-west-3:1:table/*"}),
            ("NotResource of", "NotResource", "arn:aws:dynamodb:eu-west-3:1:table/other"),
            ("NotAction of", "NotAction", "dynamodb:Scan"),
        ]:
            with self.subTest(value):
                self.sees(words, lambda resources: first(resources).update({key: value}))

    def test_a_bucket_for_everybody(self):
        def change(resources):
            statement = resources["SiteBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
            next(each for each in statement if each["Effect"] == "Allow")["Principal"] = {"AWS": "*"}

        self.sees("Principal of", change)

    def test_a_managed_policy_that_was_not_agreed_to(self):
        def change(resources):
            policies = resources["ShowAccount"]["Properties"]["Policies"]
            policies.append("arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess")

        self.sees("not agreed to", change)

    def test_another_release_publishes_every_function(self):
        def versions(release):
            resources = expand(read(ROOT / "template.yaml"), release)["Resources"]
            return {name for name, resource in resources.items() if resource["Type"] == "AWS::Lambda::Version"}

        self.assertEqual(set(), versions("release001") & versions("release002"))
        functions = read(ROOT / "template.yaml")["Resources"].values()
        declared = [each for each in functions if each["Type"] == "AWS::Serverless::Function"]
        self.assertEqual(len(declared), len(versions("release001")))

    def test_a_time_that_is_none(self):
        def change(resources):
            schedule = resources["SweepDays"]["Properties"]["Events"]["Schedule"]["Properties"]
            schedule["ScheduleExpression"] = "rate(1 hours)"

        self.sees("is no time", change)

    def test_a_cron_of_five_fields(self):
        def change(resources):
            schedule = resources["SweepDays"]["Properties"]["Events"]["Schedule"]["Properties"]
            schedule["ScheduleExpression"] = "cron(0 4 * * ?)"

        self.sees("is no time", change)

    def test_a_filter_that_is_no_json(self):
        def change(resources):
            stream = resources["SendMail"]["Properties"]["Events"]["Stream"]["Properties"]
            stream["FilterCriteria"]["Filters"][0]["Pattern"] = "{eventName: [INSERT]}"

        self.sees("is no JSON", change)

    def test_a_route_without_the_scope(self):
        def change(resources):
            route = resources["ShowAccount"]["Properties"]["Events"]["GetMe"]["Properties"]
            route["Auth"] = {"Authorizer": "AccessToken", "AuthorizationScopes": ["openid"]}

        self.sees("has the security", change)

    def test_a_route_that_asks_for_nothing(self):
        def change(resources):
            del resources["ShowAccount"]["Properties"]["Events"]["GetMe"]["Properties"]["Auth"]

        self.sees("has the security None", change)

    def test_a_managed_policy_that_does_not_exist(self):
        def change(resources):
            resources["ShowAccount"]["Properties"]["Policies"].append("AmazonDynamoDBEverything")

        self.sees("is no managed policy", change)


if __name__ == "__main__":
    unittest.main()
